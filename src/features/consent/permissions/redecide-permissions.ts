import type { Clock } from '../../../kernel/clock.ts'
import type { Entropy, SubjectId } from '../../../kernel/ids.ts'
import type { Work } from '../../../kernel/work.ts'
import { everyKey } from '../affected-keys.ts'
import type { ConsentRegistry } from '../cached-registry.ts'
import { permissionsChanged } from '../events.ts'
import type { FactsReader, KnownSubject } from '../facts-reader.ts'
import { decideKey, type KeyDecision } from '../key-decision.ts'
import type { PermissionKey } from '../permission-key.ts'
import type { PublishedRegistry } from '../published.ts'
import { decisiveMark } from './decisive-mark.ts'
import type { PermissionReads } from './permission-reads.ts'
import type { PermissionStores, PermissionSweep, StoredKey } from './permission-store.ts'

export interface RedecideParts {
  readonly work: Work<PermissionStores>
  readonly clock: Clock
  readonly entropy: Entropy
  readonly registry: ConsentRegistry
  readonly facts: FactsReader
  readonly reads: PermissionReads
}

export interface Redecided {
  readonly people: number
  /** Of those, whose permissions are other ones now. */
  readonly changed: number
  /** True when there is nothing left to do at this moment. */
  readonly done: boolean
}

/** Longer than a process may go on deciding by the registry of before: a poll is a second, a unit a few more. */
const settlingMs = 10_000
/** An id is made before its row commits; nobody is older than this and still on the way. */
const onTheWayMs = 120_000

const system = { kind: 'system', name: 'redecide-permissions' } as const

const nameOf = (key: PermissionKey): string =>
  JSON.stringify([
    key.controller,
    key.brand,
    key.purpose,
    key.contactChannel,
    key.contactPoint ?? null,
    key.campaignCategory ?? null,
  ])

export interface Person {
  readonly subjectId: SubjectId
  readonly known: KnownSubject
  readonly before: readonly StoredKey[]
  readonly permissions: readonly KeyDecision[]
}

async function decideAgain(
  { facts, reads }: RedecideParts,
  registry: PublishedRegistry,
  subjectId: SubjectId,
  at: Date,
): Promise<Person | undefined> {
  const [known, before] = await Promise.all([facts.find(subjectId), reads.keysOf(subjectId)])
  return known === undefined ? undefined : decideAll(subjectId, known, before, registry, at)
}

/** Every key of a person, decided on what is known of them. */
export function decideAll(
  subjectId: SubjectId,
  known: KnownSubject,
  before: readonly StoredKey[],
  registry: PublishedRegistry,
  at: Date,
): Person {
  // What is kept is decided again too: a retired purpose or an address given up must not keep its yes.
  const keys = new Map([...before, ...everyKey(registry, known.facts)].map((key) => [nameOf(key), key]))
  const permissions = [...keys.values()].map(({ decision: _, ...key }: PermissionKey & Partial<StoredKey>) =>
    decideKey(key, known.facts, registry, at.getTime()),
  )
  return { subjectId, known, before, permissions }
}

export const changedOf = ({ before, permissions }: Person): readonly KeyDecision[] => {
  const was = new Map(before.map((key) => [nameOf(key), key.decision]))
  return permissions.filter(({ key, decision }) => (was.get(nameOf(key)) ?? 'DENY') !== decision)
}

/** Decides these people again and keeps it in one transaction; whoever's ledger moves meanwhile is left to the next round. */
async function rewrite(
  parts: RedecideParts,
  registry: PublishedRegistry,
  subjects: readonly SubjectId[],
  because: 'time' | 'registry',
): Promise<Omit<Redecided, 'done'>> {
  if (subjects.length === 0) return { people: 0, changed: 0 }
  const at = parts.clock.now()
  const found = await Promise.all(subjects.map((one) => decideAgain(parts, registry, one, at)))
  const people = found.filter((person) => person !== undefined)
  return parts.work(async ({ permissions, audit, outbox }) => {
    let kept = 0
    let changed = 0
    for (const person of people) {
      const { subjectId, known } = person
      if (!(await permissions.rewrite(subjectId, known.epoch, person.permissions, at))) continue
      kept += 1
      const news = changedOf(person)
      if (news.length === 0) continue
      changed += 1
      await outbox.add(
        permissionsChanged(parts.entropy.id<'event'>(), {
          subjectId,
          at,
          epoch: known.epoch,
          because: `consent.redecided-by-${because}`,
          permissions: news,
        }),
      )
    }
    await audit.record({
      action: 'consent.permissions-redecided',
      actor: system,
      at,
      about: 'permissions',
      facts: { because, people: kept, changed },
    })
    return { people: kept, changed }
  })
}

/** Notes which purposes are decided by other data or law than before; from `since` on a kept answer counts again. */
async function noteChanges(
  parts: RedecideParts,
  registry: PublishedRegistry,
): Promise<readonly PermissionSweep[]> {
  const sweeps = new Map((await parts.reads.sweeps()).map((sweep) => [sweep.purpose, sweep]))
  const marked = registry.order.map((purpose) => ({ purpose, mark: decisiveMark(registry, purpose) }))
  const moved = marked.filter(({ purpose, mark }) => sweeps.get(purpose)?.mark !== mark)
  if (moved.length > 0) {
    const at = parts.clock.now()
    await parts.work(async ({ permissions, audit }) => {
      for (const { purpose, mark } of moved) {
        // The first mark there ever was has no answers of before to wait out.
        const since = sweeps.has(purpose) ? new Date(at.getTime() + settlingMs) : at
        await permissions.beginSweep(purpose, mark, since)
        sweeps.set(purpose, { purpose, mark, since, reached: undefined })
      }
      await audit.record({
        action: 'consent.permissions-outdated',
        actor: system,
        at,
        about: 'permissions',
        facts: { purposes: moved.map(({ purpose }) => purpose) },
      })
    })
  }
  return marked.flatMap(({ purpose }) => sweeps.get(purpose) ?? [])
}

/**
 * One round of re-deciding, of at most `batch` people a purpose: first those whose answer ran out with time, then everybody
 * for purposes whose data or law changed, and people who have come since. Each batch is one transaction and notes how far it
 * got, so that it can be cut short anywhere, run in several processes, and goes on where it was. Call it until `done`.
 */
export async function redecidePermissions(
  parts: RedecideParts,
  { batch = 200 }: { readonly batch?: number } = {},
): Promise<Redecided> {
  const registry = await parts.registry.refresh()
  const sweeps = await noteChanges(parts, registry)
  // Taken after, so that the first sweep of a new house is worked on in the round that began it.
  const now = parts.clock.now()
  const due = await parts.reads.ranOut(now, batch)
  const total = { ...(await rewrite(parts, registry, due, 'time')) }
  let done = due.length < batch && total.people === due.length
  for (const sweep of sweeps) {
    if (sweep.since.getTime() > now.getTime()) {
      done = false
      continue
    }
    const settled = await parts.reads.lastSettled(new Date(now.getTime() - onTheWayMs))
    const subjects = await parts.reads.notYetSwept(sweep, batch)
    const { people, changed } = await rewrite(parts, registry, subjects, 'registry')
    total.people += people
    total.changed += changed
    if (subjects.length === batch || people < subjects.length) done = false
    const reached = people < subjects.length ? undefined : subjects.length < batch ? settled : subjects.at(-1)
    await noteReached(parts, sweep, reached, settled, now)
  }
  return { ...total, done }
}

/** Never past somebody who may still be on the way: an id made earlier can commit later. */
async function noteReached(
  parts: RedecideParts,
  sweep: PermissionSweep,
  reached: SubjectId | undefined,
  settled: SubjectId | undefined,
  at: Date,
): Promise<void> {
  if (reached === undefined || settled === undefined) return
  const safe = reached < settled ? reached : settled
  if (sweep.reached !== undefined && safe <= sweep.reached) return
  await parts.work(async ({ permissions, audit }) => {
    await permissions.reach(sweep.purpose, sweep.mark, safe)
    await audit.record({
      action: 'consent.permissions-swept',
      actor: system,
      at,
      about: 'permissions',
      facts: { purpose: sweep.purpose, mark: sweep.mark },
    })
  })
}
