import { translator } from '../../../views/page.tsx'
import {
  announceLift,
  canBeWrittenTo,
  liftRestriction,
  restrictionEvent,
  type ToldOtherwise,
  withEvent,
} from '../../features/consent/index.ts'
import { conflict, type FieldIssue } from '../../kernel/errors.ts'
import type { Measure, Seen } from './measure.ts'
import { asOf } from './past-day.ts'
import type { PersonDeps } from './person-deps.ts'
import { scopeInWords } from './person-words.ts'
import { type StandingRestriction, standingRestrictions } from './standing-restrictions.ts'

type Wanted = Pick<Measure<StandingRestriction>, 'form' | 'read' | 'told'>

/** Both steps ask for one of the restrictions that stand. */
function ofStanding(
  { restricting }: PersonDeps,
  offers: (one: StandingRestriction) => boolean,
  refusal: (one: StandingRestriction) => string | undefined,
): Wanted {
  const standing = async (seen: Seen) =>
    standingRestrictions(seen, await restricting.liftNotices.of(seen.subjectId))
  return {
    form: async (seen, typed) => {
      const t = translator(seen.language)
      const all = (await standing(seen)).filter(offers)
      return {
        nothing: all.length === 0,
        fields: [
          {
            kind: 'radios',
            name: 'scope',
            label: 'measure.restriction',
            value: typed['scope'] ?? '',
            options: all.map(({ id, scope, since, told }) => ({
              value: id,
              words: scopeInWords(seen, scope).join(', '),
              about:
                told === undefined
                  ? t('person.sinceDays', {
                      at: new Date(since),
                      days: Math.floor((seen.now.getTime() - since) / 86_400_000),
                    })
                  : t(told.over ? 'person.told.over' : 'person.told.waiting', {
                      at: told.toldAt,
                      from: told.liftableFrom,
                    }),
            })),
          },
        ],
      }
    },
    read: async (seen, typed) => {
      const one = (await standing(seen)).find(({ id }) => id === typed['scope'])
      const code = one === undefined ? 'choose-restriction' : refusal(one)
      if (one === undefined || code !== undefined) {
        return [{ field: 'scope', code: code ?? 'choose-restriction' }]
      }
      return one
    },
    told: (seen, { scope }) => [
      {
        label: translator(seen.language)('measure.restriction'),
        value: scopeInWords(seen, scope).join(', '),
      },
    ],
  }
}

/** The ways in which the officer can have told somebody whom no message of ours reaches, or should reach. */
const otherWays = ['letter', 'telephone', 'in-person'] as const

interface Announcing extends StandingRestriction {
  readonly how: 'message' | ToldOtherwise
}

/**
 * GDPR Art. 18(3): the person is told before. The message is sent as part of the step, or the officer says how and on which
 * day they told them; nothing else changes.
 */
export function announce(deps: PersonDeps): Measure<Announcing> {
  const standing = ofStanding(
    deps,
    ({ told }) => told === undefined,
    ({ told }) => (told === undefined ? undefined : 'lift-announced'),
  )
  const writable = ({ known }: Seen) => canBeWrittenTo(deps.restricting, known.facts)
  const howWords = (seen: Seen, how: Announcing['how']) =>
    translator(seen.language)(`measure.how.${how === 'message' ? how : how.by}`)

  /** Told some time that day: the three days run from its end, or from now. */
  const howTold = ({ now }: Seen, how: string, day: string): Announcing['how'] | FieldIssue => {
    if (how === 'message') return how
    const by = otherWays.find((one) => one === how)
    if (by === undefined) return { field: 'how', code: 'choose-how-told' }
    const { wrong, at = now } = asOf(day, { now, timeZone: deps.timeZone })
    if (wrong !== undefined || day === '') return { field: 'day', code: wrong ?? 'date-invalid' }
    return { by, at }
  }
  return {
    name: 'announce-lift',
    fields: ['scope', 'how', 'day'],
    form: async (seen, typed) => {
      const t = translator(seen.language)
      const { fields, nothing = false } = await standing.form(seen, typed)
      const ways = [...(writable(seen) ? (['message'] as const) : []), ...otherWays]
      return {
        nothing,
        notes: writable(seen) || nothing ? [] : [t('measure.announce-lift.unreachable')],
        fields: [
          ...fields,
          {
            kind: 'radios',
            name: 'how',
            label: 'measure.how',
            value: typed['how'] || (writable(seen) ? 'message' : ''),
            options: ways.map((value) => ({ value, words: t(`measure.how.${value}`) })),
          },
          {
            kind: 'day',
            name: 'day',
            label: 'measure.toldDay',
            hint: 'measure.toldDayHint',
            value: typed['day'] ?? '',
            optional: true,
          },
        ],
      }
    },
    read: async (seen, typed) => {
      const one = await standing.read(seen, typed)
      const how = howTold(seen, typed['how'] || 'message', (typed['day'] ?? '').trim())
      const wrong = [...(areIssues(one) ? one : []), ...(isIssue(how) ? [how] : [])]
      return areIssues(one) || isIssue(how) ? wrong : { ...one, how }
    },
    told: (seen, { how, ...one }) => {
      const t = translator(seen.language)
      return [
        ...standing.told(seen, one),
        { label: t('measure.how'), value: howWords(seen, how) },
        ...(how === 'message' ? [] : [{ label: t('measure.toldDay'), value: t('page.day', { at: how.at }) }]),
      ]
    },
    after: ({ known }) => known.facts,
    act: async ({ seen, ...confirmed }, { scope, how }) => {
      // The notice moves no epoch, so what was recorded since is looked for here.
      const known = await deps.facts.find(confirmed.subjectId)
      if (known?.epoch !== seen) throw conflict('facts-moved-on', 'Something was recorded since; look again.')
      const told = how === 'message' ? {} : { told: how }
      await announceLift(deps.restricting, { ...confirmed, scope, ...told })
    },
  }
}

const areIssues = (read: StandingRestriction | readonly FieldIssue[]): read is readonly FieldIssue[] =>
  Array.isArray(read)
const isIssue = (how: Announcing['how'] | FieldIssue): how is FieldIssue =>
  typeof how === 'object' && 'field' in how

/** The lift itself, which the use case refuses without a notice that has run its three days. */
export const lift = (deps: PersonDeps): Measure<StandingRestriction> => ({
  name: 'lift-restriction',
  fields: ['scope'],
  ...ofStanding(
    deps,
    ({ told }) => told !== undefined,
    ({ told }) => (told?.over === true ? undefined : 'person-not-told'),
  ),
  after: ({ known, now }, { scope }) =>
    withEvent(
      known.facts,
      restrictionEvent('restriction_lifted', { controller: deps.house.controller, scope }),
      now.getTime(),
    ),
  act: (confirmed, { scope }) => liftRestriction(deps.restricting, { ...confirmed, scope }),
})
