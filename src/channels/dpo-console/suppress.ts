import { translator } from '../../../views/page.tsx'
import {
  type Facts,
  findContactPoint,
  liftSuppression,
  type SuppressionReason,
  suppressContact,
} from '../../features/consent/index.ts'
import { type ContactChannel, contactChannels } from '../../kernel/evidence.ts'
import type { Measure, Seen } from './measure.ts'
import type { PersonDeps } from './person-deps.ts'
import { channelWords } from './person-words.ts'

export const suppressionReasons = [
  'complaint',
  'hard_bounce',
  'court',
] as const satisfies readonly SuppressionReason[]
type Reason = (typeof suppressionReasons)[number]

/** A person's words have no place in it: it is kept in clear. */
const sourceShape = /^[a-z0-9][a-z0-9-]{0,39}$/

const stoppable = ['*', ...contactChannels.filter((channel) => channel !== 'none')] as const

interface Suppress {
  readonly contactChannel: ContactChannel | '*'
  readonly contactPoint: string | undefined
  readonly because: Reason
  readonly source: string
}

type Entry = Facts['suppression']['internal'][number]

const withSuppressions = ({ known }: Seen, internal: readonly Entry[]): Facts => ({
  ...known.facts,
  suppression: { ...known.facts.suppression, internal },
})

const pointOf = ({ contactPoint }: { readonly contactPoint: string | undefined }) =>
  contactPoint === undefined ? {} : { contactPoint }

/** A complaint, a hard bounce or an order: no advertising goes there any more, whatever was agreed to. */
export const suppress = (deps: PersonDeps): Measure<Suppress> => ({
  name: 'suppress',
  fields: ['contact_channel', 'address', 'because', 'source'],
  form: async (seen, typed) => {
    const t = translator(seen.language)
    return {
      fields: [
        {
          kind: 'radios',
          name: 'because',
          label: 'measure.because',
          value: typed['because'] ?? '',
          options: suppressionReasons.map((value) => ({ value, words: t(`person.because.${value}`) })),
        },
        {
          kind: 'select',
          name: 'contact_channel',
          label: 'measure.contactChannel',
          options: stoppable.map((value) => ({ value, words: channelWords(seen, value) })),
          value: typed['contact_channel'] ?? '*',
        },
        {
          kind: 'line',
          name: 'address',
          label: 'measure.address',
          hint: 'measure.addressHint',
          value: typed['address'] ?? '',
          optional: true,
        },
        {
          kind: 'line',
          name: 'source',
          label: 'measure.source',
          hint: 'measure.sourceHint',
          value: typed['source'] ?? '',
        },
      ],
    }
  },
  read: async (seen, { contact_channel = '', address = '', because = '', source = '' }) => {
    const contactChannel = stoppable.find((one) => one === contact_channel)
    const reason = suppressionReasons.find((one) => one === because)
    const wanted = address.trim()
    const contactPoint = wanted === '' ? undefined : await findContactPoint(deps, seen.subjectId, wanted)
    const issues = [
      ...(reason === undefined ? [{ field: 'because', code: 'choose-because' }] : []),
      ...(contactChannel === undefined ? [{ field: 'contact_channel', code: 'choose-contact-channel' }] : []),
      ...(wanted !== '' && contactPoint === undefined
        ? [{ field: 'address', code: 'contact-point-unknown' }]
        : []),
      ...(sourceShape.test(source.trim()) ? [] : [{ field: 'source', code: 'source-invalid' }]),
    ]
    if (issues.length > 0 || contactChannel === undefined || reason === undefined) return issues
    return { contactChannel, contactPoint, because: reason, source: source.trim() }
  },
  told: (seen, { contactChannel, contactPoint, because, source }) => {
    const t = translator(seen.language)
    const where = channelWords(seen, contactChannel)
    return [
      { label: t('measure.because'), value: t(`person.because.${because}`) },
      {
        label: t('measure.contactChannel'),
        value: contactPoint === undefined ? where : `${where}, ${t('person.oneAddress')}`,
      },
      { label: t('measure.source'), value: source },
    ]
  },
  after: (seen, { contactChannel, because, ...command }) =>
    withSuppressions(seen, [
      ...seen.known.facts.suppression.internal,
      { contactChannel, reason: because, ...pointOf(command) },
    ]),
  act: (confirmed, { contactChannel, because, source, ...command }) =>
    suppressContact(deps.circumstances, {
      ...confirmed,
      contactChannel,
      reason: because,
      source,
      ...pointOf(command),
    }),
})

type Stopped = Pick<Suppress, 'contactChannel' | 'contactPoint'>

const idOf = ({ contactChannel, contactPoint = '' }: Pick<Entry, 'contactChannel' | 'contactPoint'>) =>
  `${contactChannel} ${contactPoint}`.trim()

/** The officer alone ends what was stopped, all of one scope at once; the person's own no is not theirs to end. */
export const liftSuppressed = (deps: PersonDeps): Measure<Stopped> => ({
  name: 'lift-suppression',
  fields: ['entry'],
  form: async (seen, typed) => {
    const t = translator(seen.language)
    const { internal } = seen.known.facts.suppression
    const scopes = [...new Set(internal.map(idOf))]
    return {
      nothing: scopes.length === 0,
      fields: [
        {
          kind: 'radios',
          name: 'entry',
          label: 'measure.suppression',
          value: typed['entry'] ?? '',
          options: scopes.map((value) => {
            const entries = internal.filter((entry) => idOf(entry) === value)
            const [first] = entries
            const reasons = suppressionReasons.filter((one) => entries.some(({ reason }) => reason === one))
            return {
              value,
              words: [
                channelWords(seen, first?.contactChannel ?? '*'),
                ...(first?.contactPoint === undefined ? [] : [t('person.oneAddress')]),
              ].join(', '),
              about: reasons.map((one) => t(`person.because.${one}`)).join('. '),
            }
          }),
        },
      ],
    }
  },
  read: async (seen, typed) => {
    const one = seen.known.facts.suppression.internal.find((entry) => idOf(entry) === typed['entry'])
    if (one === undefined) return [{ field: 'entry', code: 'choose-suppression' }]
    return { contactChannel: one.contactChannel, contactPoint: one.contactPoint }
  },
  told: (seen, { contactChannel, contactPoint }) => {
    const t = translator(seen.language)
    const where = channelWords(seen, contactChannel)
    return [
      {
        label: t('measure.suppression'),
        value: contactPoint === undefined ? where : `${where}, ${t('person.oneAddress')}`,
      },
    ]
  },
  after: (seen, command) =>
    withSuppressions(
      seen,
      seen.known.facts.suppression.internal.filter((entry) => idOf(entry) !== idOf(command)),
    ),
  act: (confirmed, { contactChannel, ...command }) =>
    liftSuppression(deps.circumstances, { ...confirmed, contactChannel, ...pointOf(command) }),
})
