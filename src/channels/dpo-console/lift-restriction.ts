import { translator } from '../../../views/page.tsx'
import { announceLift, liftRestriction, restrictionEvent, withEvent } from '../../features/consent/index.ts'
import { conflict } from '../../kernel/errors.ts'
import type { Measure, Seen } from './measure.ts'
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

/** GDPR Art. 18(3): the person is told before. The message is sent as part of the step, and nothing else changes. */
export const announce = (deps: PersonDeps): Measure<StandingRestriction> => ({
  name: 'announce-lift',
  fields: ['scope'],
  ...ofStanding(
    deps,
    ({ told }) => told === undefined,
    ({ told }) => (told === undefined ? undefined : 'lift-announced'),
  ),
  after: ({ known }) => known.facts,
  act: async ({ seen, ...confirmed }, { scope }) => {
    // The notice moves no epoch, so what was recorded since is looked for here.
    const known = await deps.facts.find(confirmed.subjectId)
    if (known?.epoch !== seen) throw conflict('facts-moved-on', 'Something was recorded since; look again.')
    await announceLift(deps.restricting, { ...confirmed, scope })
  },
})

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
