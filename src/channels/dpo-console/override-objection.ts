import { translator } from '../../../views/page.tsx'
import {
  decidableObjections,
  leastGrounds,
  objectionsOf,
  overrideObjection,
  purposeTitle,
  withEvent,
} from '../../features/consent/index.ts'
import type { FieldIssue } from '../../kernel/errors.ts'
import type { Measure, Seen } from './measure.ts'
import type { PersonDeps } from './person-deps.ts'
import { scopeInWords } from './person-words.ts'

interface Override {
  readonly purpose: string
  readonly grounds: string
}

type OfHouse = Pick<PersonDeps, 'house'>

/** Of this house: what was objected to at another brand or controller is theirs to weigh. */
const decidable = ({ house }: OfHouse, { known, registry, now }: Seen) =>
  decidableObjections(house, known.facts, registry, now.getTime())

/** What is wrong with the purpose: advertising can be chosen by nobody, whatever a form was made to say (Art. 21(3)). */
function wrongPurpose(deps: OfHouse, seen: Seen, purpose: string): FieldIssue | undefined {
  if (seen.registry.purposes.get(purpose)?.class === 'marketing' || purpose.startsWith('marketing.')) {
    return { field: 'purpose', code: 'objection-absolute' }
  }
  const known = decidable(deps, seen).some((one) => one.purpose === purpose)
  return known ? undefined : { field: 'purpose', code: 'choose-objection' }
}

/** GDPR Art. 21(1): compelling grounds, weighed and said, prevail over one objection. */
export const override = ({ ledger, house }: PersonDeps): Measure<Override> => ({
  name: 'override-objection',
  fields: ['purpose', 'grounds'],
  longest: 4_000,
  form: async (seen, typed) => {
    const { registry, language, known } = seen
    const t = translator(language)
    const offered = decidable({ house }, seen)
    const never = objectionsOf(known.facts, registry).filter(
      ({ controller, absolute }) => absolute && controller === house.controller,
    )
    return {
      nothing: offered.length === 0,
      notes: never.map(({ purpose }) =>
        t('measure.override-objection.never', { about: scopeInWords(seen, [purpose]).join(', ') }),
      ),
      fields: [
        {
          kind: 'radios',
          name: 'purpose',
          label: 'measure.objection',
          value: typed['purpose'] ?? '',
          options: offered.map(({ purpose, at }) => ({
            value: purpose,
            words: purposeTitle(registry, purpose, language),
            about: t('person.objectedAt', { at: new Date(at) }),
          })),
        },
        {
          kind: 'text',
          name: 'grounds',
          label: 'measure.grounds',
          hint: 'measure.groundsHint',
          value: typed['grounds'] ?? '',
        },
      ],
    }
  },
  read: async (seen, { purpose = '', grounds = '' }) => {
    const wrong = wrongPurpose({ house }, seen, purpose)
    const short = grounds.trim().length < leastGrounds
    const issues = [
      ...(wrong === undefined ? [] : [wrong]),
      ...(short ? [{ field: 'grounds', code: 'grounds-missing' }] : []),
    ]
    return issues.length > 0 ? issues : { purpose, grounds: grounds.trim() }
  },
  told: ({ registry, language }, { purpose, grounds }) => {
    const t = translator(language)
    return [
      { label: t('measure.objection'), value: purposeTitle(registry, purpose, language) },
      { label: t('measure.grounds'), value: grounds },
    ]
  },
  after: ({ known, now }, { purpose }) =>
    withEvent(
      known.facts,
      {
        type: 'objection_overridden',
        controller: house.controller,
        brand: house.brand,
        purpose,
        contactChannel: '*',
        by: 'controller',
        article: '21(1)',
      },
      now.getTime(),
    ),
  act: (confirmed, command) => overrideObjection(ledger, { ...confirmed, brand: house.brand, ...command }),
})
