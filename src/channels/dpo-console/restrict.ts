import { translator } from '../../../views/page.tsx'
import { restrictionEvent, restrictProcessing, withEvent } from '../../features/consent/index.ts'
import type { FieldIssue } from '../../kernel/errors.ts'
import { labelOf } from '../purpose-cards.ts'
import type { Measure, Seen } from './measure.ts'
import type { PersonDeps } from './person-deps.ts'
import { scopeInWords } from './person-words.ts'

const grounds = ['accuracy', 'unlawful', 'legal_claims', 'objection_pending'] as const
const everyAdvertising = 'marketing.*'

interface Restrict {
  readonly scope: string
  readonly ground: (typeof grounds)[number]
}

const purposesOf = ({ registry, language }: Seen) =>
  [
    ...(registry.order.some((purpose) => purpose.startsWith('marketing.')) ? [everyAdvertising] : []),
    ...registry.order,
  ].map((value) => ({ value, words: scopeInWords({ registry, language }, [value]).join(', ') }))

const attributesOf = ({ registry, language }: Seen) =>
  [...registry.attributes.keys()].map((value) => ({ value, words: labelOf(registry, value, language) }))

/** What the chosen kind of scope comes to, or which field is missing for it. */
function scopeOf(seen: Seen, typed: Readonly<Record<string, string>>): string | FieldIssue {
  const { scope, purpose, attribute } = typed
  if (scope === 'all') return '*'
  if (scope === 'purpose') {
    const found = purposesOf(seen).some(({ value }) => value === purpose)
    return found && purpose !== undefined ? purpose : { field: 'purpose', code: 'choose-purpose' }
  }
  if (scope === 'attribute') {
    const found = attributesOf(seen).some(({ value }) => value === attribute)
    return found ? `attr:${attribute}` : { field: 'attribute', code: 'choose-attribute' }
  }
  return { field: 'scope', code: 'choose-scope' }
}

/** GDPR Art. 18(1): the data stay, and are not used, as far as the officer says. */
export const restrict = ({ ledger, house }: PersonDeps): Measure<Restrict> => ({
  name: 'restrict',
  fields: ['scope', 'purpose', 'attribute', 'ground'],
  form: async (seen, typed) => {
    const t = translator(seen.language)
    return {
      fields: [
        {
          kind: 'radios',
          name: 'scope',
          label: 'measure.scope',
          value: typed['scope'] ?? '',
          options: (['all', 'purpose', 'attribute'] as const).map((value) => ({
            value,
            words: t(`measure.scope.${value}`),
          })),
        },
        {
          kind: 'select',
          name: 'purpose',
          label: 'measure.purpose',
          hint: 'measure.purposeHint',
          none: 'measure.choosePurpose',
          options: purposesOf(seen),
          value: typed['purpose'] ?? '',
        },
        {
          kind: 'select',
          name: 'attribute',
          label: 'measure.attribute',
          hint: 'measure.attributeHint',
          none: 'measure.chooseAttribute',
          options: attributesOf(seen),
          value: typed['attribute'] ?? '',
        },
        {
          kind: 'radios',
          name: 'ground',
          label: 'measure.ground',
          value: typed['ground'] ?? '',
          options: grounds.map((value) => ({ value, words: t(`measure.ground.${value}`) })),
        },
      ],
    }
  },
  read: async (seen, typed) => {
    const scope = scopeOf(seen, typed)
    const ground = grounds.find((one) => one === typed['ground'])
    const issues = [
      ...(typeof scope === 'string' ? [] : [scope]),
      ...(ground === undefined ? [{ field: 'ground', code: 'choose-ground' }] : []),
    ]
    return typeof scope !== 'string' || ground === undefined ? issues : { scope, ground }
  },
  told: (seen, { scope, ground }) => {
    const t = translator(seen.language)
    return [
      { label: t('measure.scope'), value: scopeInWords(seen, [scope]).join(', ') },
      { label: t('measure.ground'), value: t(`measure.ground.${ground}`) },
    ]
  },
  after: ({ known, now }, { scope }) =>
    withEvent(
      known.facts,
      restrictionEvent('restriction_set', { controller: house.controller, scope: [scope] }),
      now.getTime(),
    ),
  act: (confirmed, { scope, ground }) => restrictProcessing(ledger, { ...confirmed, scope: [scope], ground }),
})
