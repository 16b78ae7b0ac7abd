import type { Actor } from '../../kernel/actor.ts'
import type { Clock } from '../../kernel/clock.ts'
import { conflict, notFound } from '../../kernel/errors.ts'
import type { Evidence } from '../../kernel/evidence.ts'
import type { Entropy, SubjectId } from '../../kernel/ids.ts'
import type { Work } from '../../kernel/work.ts'
import { identityEvent } from './events.ts'
import type { IdentityStores } from './identity-stores.ts'

export interface LockSubject {
  readonly subjectId: SubjectId
  /** `unlock` opens a locked account again; blocked and erased ones stay what they are. */
  readonly to: 'lock' | 'unlock'
  readonly actor: Actor
  readonly reason: string
  readonly evidence?: Evidence
}

const change = {
  lock: { from: 'active', state: 'locked', done: 'subject.locked' },
  unlock: { from: 'locked', state: 'active', done: 'subject.unlocked' },
} as const

/** From here on nothing lets the person in (R31); ending what is open (sessions, tokens) is the caller's next step. */
export const lockSubject = (
  deps: {
    readonly work: Work<Pick<IdentityStores, 'subjects'>>
    readonly clock: Clock
    readonly entropy: Entropy
  },
  { subjectId, to, actor, reason, evidence }: LockSubject,
): Promise<void> =>
  deps.work(async (tx) => {
    const { from, state, done } = change[to]
    const subject = await tx.subjects.lock(subjectId)
    if (subject === undefined) throw notFound('subject-unknown', 'There is no such account.')
    if (subject.state !== from) throw conflict('subject-state', `The account is ${subject.state}.`)
    const at = deps.clock.now()
    await tx.subjects.setState(subjectId, state, at)
    await tx.audit.record({
      action: done,
      actor,
      at,
      subjectId,
      reason,
      ...(evidence === undefined ? {} : { evidence }),
    })
    await tx.outbox.add(identityEvent(deps.entropy, done, subjectId, at))
  })
