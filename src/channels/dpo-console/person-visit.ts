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

/** What an officer opened, for which reason and until when. Carried by the browser, sealed, and good for nobody else. */
const visitShape = z.strictObject({
  staffId: z.string(),
  subjectId: z.string(),
  reason: z.string(),
  until: z.number(),
})

export interface Visit {
  readonly subjectId: SubjectId
  readonly officer: StaffId
  readonly reason: string
  readonly until: Date
  readonly known: KnownSubject
  readonly registry: PublishedRegistry
  readonly now: Date
}

/** A name for each person, so that two tabs on two people do not end one another. */
const nameOf = (subjectId: SubjectId, https: boolean): string =>
  cookieName(`placet_person_${subjectId}`, https)

function staffIdOf(actor: Actor): StaffId {
  if (actor.kind === 'staff') return actor.staffId
  throw refused('officer-only', 'Only the data protection officer can do this.')
}

export function visitCookie(
  { sealedTokens, clock, https }: Pick<PersonDeps, 'sealedTokens' | 'clock' | 'https'>,
  opened: { readonly subjectId: SubjectId; readonly actor: Actor; readonly reason: string },
): Cookie {
  const { subjectId, actor, reason } = opened
  const until = new Date(clock.now().getTime() + visitSeconds * 1000)
  const payload = { staffId: staffIdOf(actor), subjectId, reason: reason.trim(), until: until.getTime() }
  return {
    name: nameOf(subjectId, https),
    value: sealedTokens.sealToken('person-visit', payload, until),
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
  const sealed = request.cookie(nameOf(subjectId, deps.https))
  const opened = visitShape.safeParse(
    sealed === undefined ? undefined : deps.sealedTokens.openToken('person-visit', sealed, now),
  )
  if (opened.success && opened.data.staffId === officer && opened.data.subjectId === subjectId) {
    const { reason, until } = opened.data
    return { visit: { ...base, reason, until: new Date(until) }, cookies: [] }
  }
  const reason = givenReason.trim()
  if (reason === '') return { instead: seeOther(`${peoplePath}?person=${subjectId}`) }
  await openPerson(deps, { actor, evidence, person: subjectId, reason })
  const until = new Date(now.getTime() + visitSeconds * 1000)
  return { visit: { ...base, reason, until }, cookies: [visitCookie(deps, { subjectId, actor, reason })] }
}
