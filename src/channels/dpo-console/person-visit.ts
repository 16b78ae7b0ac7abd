import { z } from 'zod'
import { type KnownSubject, openPerson, type PublishedRegistry } from '../../features/consent/index.ts'
import type { Actor } from '../../kernel/actor.ts'
import { refused } from '../../kernel/errors.ts'
import { parseId, type StaffId, type SubjectId } from '../../kernel/ids.ts'
import { type Answer, type Cookie, seeOther } from '../../platform/web/answer.ts'
import { cookieName } from '../../platform/web/cookies.ts'
import type { GuardedRequest } from '../../platform/web/route.ts'
import type { PersonDeps } from './person-deps.ts'

export const peoplePath = '/dpo/people'
export const personPath = (subjectId: SubjectId): string => `${peoplePath}/${subjectId}`

/** Long enough to decide something with care; after that the reason is asked for again. */
const visitSeconds = 60 * 60

/** What an officer opened, for which reasons and until when. Carried by the browser, sealed, and good for nobody else. */
const visitsShape = z.strictObject({
  staffId: z.string(),
  visits: z.array(z.strictObject({ subjectId: z.string(), reason: z.string(), until: z.number() })),
})
type Opened = z.infer<typeof visitsShape>['visits'][number]

/**
 * One cookie for all of them, and only the last few: a browser sends every cookie with every request, and what is longer
 * than the server reads would shut the officer out of the whole house. Whoever falls out is asked about again.
 */
const mostVisits = 5
/** Browsers keep no cookie longer than 4096 bytes with its name and attributes (RFC 6265, 6.1). */
const longestCookie = 3_600

export interface Visit {
  readonly subjectId: SubjectId
  readonly officer: StaffId
  readonly reason: string
  readonly until: Date
  readonly known: KnownSubject
  readonly registry: PublishedRegistry
  readonly now: Date
}

const nameFor = (https: boolean): string => cookieName('placet_people', https)

function staffIdOf(actor: Actor): StaffId {
  if (actor.kind === 'staff') return actor.staffId
  throw refused('officer-only', 'Only the data protection officer can do this.')
}

type Sealing = Pick<PersonDeps, 'sealedTokens' | 'clock' | 'https'>
type Carrying = Pick<GuardedRequest, 'actor' | 'cookie'>

/** The visits of this very officer that are not over, newest first. */
function openVisits({ sealedTokens, clock, https }: Sealing, { actor, cookie }: Carrying): readonly Opened[] {
  const now = clock.now()
  const sealed = cookie(nameFor(https))
  const carried = visitsShape.safeParse(
    sealed === undefined ? undefined : sealedTokens.openToken('person-visit', sealed, now),
  )
  if (!carried.success || carried.data.staffId !== staffIdOf(actor)) return []
  return carried.data.visits.filter(({ until }) => until > now.getTime())
}

export function visitCookie(
  deps: Sealing,
  request: Carrying,
  opened: { readonly subjectId: SubjectId; readonly reason: string },
): Cookie {
  const { subjectId, reason } = opened
  const until = new Date(deps.clock.now().getTime() + visitSeconds * 1000)
  const others = openVisits(deps, request).filter((one) => one.subjectId !== subjectId)
  const all = [{ subjectId, reason: reason.trim(), until: until.getTime() }, ...others]
  const sealed = (visits: readonly Opened[]): string => {
    const payload = { staffId: staffIdOf(request.actor), visits }
    const value = deps.sealedTokens.sealToken('person-visit', payload, until)
    return value.length > longestCookie && visits.length > 1 ? sealed(visits.slice(0, -1)) : value
  }
  return {
    name: nameFor(deps.https),
    value: sealed(all.slice(0, mostVisits)),
    path: peoplePath,
    maxAgeSeconds: visitSeconds,
  }
}

type Asked = Pick<GuardedRequest<{ subjectId: string }>, 'params' | 'actor' | 'evidence' | 'cookie'>

/**
 * The visit a page belongs to. Where none is open, a reason given with the form opens one, and is on record like any
 * other; without a reason the person's page is not shown and the question comes back: who, and why.
 */
export async function visitOf(
  deps: PersonDeps,
  request: Asked,
  givenReason = '',
): Promise<{ readonly visit: Visit; readonly cookies: readonly Cookie[] } | { readonly instead: Answer }> {
  const subjectId = parseId<'subject'>(request.params.subjectId)
  const known = subjectId === undefined ? undefined : await deps.facts.find(subjectId)
  if (subjectId === undefined || known === undefined) return { instead: seeOther(peoplePath) }
  const { actor, evidence } = request
  const officer = staffIdOf(actor)
  const now = deps.clock.now()
  const base = { subjectId, officer, known, registry: deps.registry.current(), now }
  const opened = openVisits(deps, request).find((one) => one.subjectId === subjectId)
  if (opened !== undefined) {
    return { visit: { ...base, reason: opened.reason, until: new Date(opened.until) }, cookies: [] }
  }
  const reason = givenReason.trim()
  if (reason === '') return { instead: seeOther(`${peoplePath}?person=${subjectId}`) }
  await openPerson(deps, { actor, evidence, person: subjectId, reason })
  const until = new Date(now.getTime() + visitSeconds * 1000)
  return { visit: { ...base, reason, until }, cookies: [visitCookie(deps, request, { subjectId, reason })] }
}
