import { z } from 'zod'
import { hasMessage } from '../../../views/locales/translator.ts'
import { type AnswerModel, type PersonModel, PersonView } from '../../../views/staff/person.tsx'
import { objectionsOf, overviewOf, purposeTitle } from '../../features/consent/index.ts'
import { defineRoute } from '../../platform/web/define-route.ts'
import type { Route } from '../../platform/web/route.ts'
import { actModel, timelineOf } from './person-acts.ts'
import type { PersonDeps } from './person-deps.ts'
import { peoplePath, personPath, type Visit, visitOf } from './person-visit.ts'
import { channelWords, type Reader, scopeInWords } from './person-words.ts'
import { type StandingRestriction, standingRestrictions } from './standing-restrictions.ts'
import { suppressionReasons } from './suppress.ts'

/** As many acts as a person says in years; older ones are proven by their day or their receipt. */
const mostActs = 100

const explainHref = (visit: Visit, purpose: string, contactChannel: string): string =>
  `${personPath(visit.subjectId)}/explain?${new URLSearchParams({ purpose, contact_channel: contactChannel })}`

function answersOf(visit: Visit, reader: Reader, house: PersonDeps['house']): readonly AnswerModel[] {
  const { registry, known, now } = visit
  const overview = overviewOf(house, known.facts, registry, now.getTime())
  const title = (purpose: string) => purposeTitle(registry, purpose, reader.language)
  return [
    ...overview.choices.map(
      ({ key, effective, by, decision }): AnswerModel => ({
        id: `${key.purpose}.${key.contactChannel}`,
        purpose: title(key.purpose),
        contactChannel: key.contactChannel,
        state: effective,
        since: by && new Date(by.occurredAt),
        permitted: decision.decision === 'PERMIT',
        explainHref: explainHref(visit, key.purpose, key.contactChannel),
      }),
    ),
    ...overview.interests.map(({ purpose, objectedAt, restricted }): AnswerModel => {
      const contactChannel = registry.active.get(purpose)?.contactChannels[0] ?? 'none'
      return {
        id: purpose,
        purpose: title(purpose),
        contactChannel,
        state: 'INTEREST',
        since: undefined,
        permitted: objectedAt === undefined && !restricted,
        explainHref: explainHref(visit, purpose, contactChannel),
      }
    }),
  ]
}

/** What the person agreed to while they knew of this restriction (Art. 18(2)). */
const agreedDuring = ({ known }: Visit, reader: Reader, since: number): readonly string[] => [
  ...new Set(
    known.facts.events
      .filter(({ type, duringRestriction, occurredAt }) => {
        return type === 'given' && duringRestriction === true && occurredAt >= since
      })
      .map(({ purpose, contactChannel }) =>
        [
          ...scopeInWords(reader, [purpose]),
          ...(contactChannel === 'none' ? [] : [channelWords(reader, contactChannel)]),
        ].join(', '),
      ),
  ),
]

const restrictionModel =
  (visit: Visit, reader: Reader) =>
  ({ id, scope, since, told }: StandingRestriction): PersonModel['restrictions'][number] => ({
    id,
    about: scopeInWords(reader, scope),
    since: new Date(since),
    days: Math.floor((visit.now.getTime() - since) / 86_400_000),
    agreed: agreedDuring(visit, reader, since),
    told: told && { at: told.toldAt, liftableFrom: told.liftableFrom, over: told.over },
  })

/** A country or a language by its name; by its code where it has none. */
function nameOf({ language }: Reader, type: 'region' | 'language', code: string): string {
  try {
    return new Intl.DisplayNames(language, { type }).of(code) ?? code
  } catch {
    return code
  }
}

/** Those against this controller, each with the brand and the contact channel it is about where it is not about all. */
const objectionModels = (
  { known, registry }: Visit,
  reader: Reader,
  house: PersonDeps['house'],
): PersonModel['objections'] =>
  objectionsOf(known.facts, registry)
    .filter(({ controller }) => controller === house.controller)
    .map(({ brand, purpose, contactChannel, at, absolute, overriddenAt }) => ({
      id: [brand, purpose, contactChannel].join(' '),
      about: [
        ...scopeInWords(reader, [purpose]),
        ...(contactChannel === '*' || contactChannel === 'none'
          ? []
          : [channelWords(reader, contactChannel)]),
        ...(brand === '*' || brand === house.brand ? [] : [registry.brands.get(brand)?.name ?? brand]),
      ].join(', '),
      at: new Date(at),
      state: absolute ? 'absolute' : overriddenAt === undefined ? 'standing' : 'overridden',
      overriddenAt: overriddenAt === undefined ? undefined : new Date(overriddenAt),
    }))

async function personModel(deps: PersonDeps, visit: Visit, reader: Reader): Promise<PersonModel> {
  const { subjectId, known, now, reason, until } = visit
  const { facts, since, language } = known
  const [notices, acts] = await Promise.all([
    deps.restricting.liftNotices.of(subjectId),
    deps.ledger.records.history(subjectId, { limit: mostActs + 1 }),
  ])
  return {
    subjectId,
    state: facts.subject.state,
    since,
    jurisdiction: facts.subject.jurisdiction && nameOf(reader, 'region', facts.subject.jurisdiction),
    language: nameOf(reader, 'language', language),
    reason,
    until,
    answers: answersOf(visit, reader, deps.house),
    objections: objectionModels(visit, reader, deps.house),
    restrictions: standingRestrictions(visit, notices).map(restrictionModel(visit, reader)),
    suppressions: facts.suppression.internal.map((entry, position) => ({
      id: String(position),
      contactChannel: entry.contactChannel,
      oneAddress: entry.contactPoint !== undefined,
      because: suppressionReasons.find((one) => one === entry.reason) ?? 'complaint',
      since: entry.recordedAt === undefined ? undefined : new Date(entry.recordedAt),
    })),
    timeline: timelineOf(facts, since, now),
    acts: acts.slice(0, mostActs).map(({ event, receiptId }) => actModel(reader, event, receiptId)),
    olderLeftOut: acts.length > mostActs,
  }
}

/** One person's page, open only while a reason was given for it. */
export const personRoutes = (deps: PersonDeps): readonly Route[] => [
  defineRoute({
    name: 'dpo.person',
    method: 'GET',
    path: `${peoplePath}/:subjectId`,
    caller: { who: 'staff', power: 'evidence.read' },
    params: z.object({ subjectId: z.string() }),
    query: z.object({ done: z.string().max(40).default('') }),
    answers: [200, 303],
    handle: async (request) => {
      const found = await visitOf(deps, request)
      if ('instead' in found) return found.instead
      const reader = { registry: found.visit.registry, language: deps.renderer.languageOf(request) }
      const key = `flash.measure.${request.query.done}`
      return deps.renderer.show(request, PersonView, await personModel(deps, found.visit, reader), {
        cookies: found.cookies,
        ...(hasMessage(key) ? { notice: { kind: 'success' as const, key } } : {}),
      })
    },
  }),
]
