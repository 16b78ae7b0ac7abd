import type { Query } from '../../src/features/consent/decision/matter.ts'
import type { Facts } from '../../src/features/consent/facts.ts'
import type { ContactPage } from '../../src/features/consent/permissions/who-may-be-contacted.ts'
import type { Registry } from '../../src/features/consent/registry.ts'
import type { SubjectId } from '../../src/kernel/ids.ts'

/** The house from within, for operations that no HTTP stands before: the very parts that serve its requests. */
export interface HouseInside {
  readonly people: readonly SubjectId[]
  /** On whose behalf questions are asked. */
  readonly asking: Pick<Query, 'controller' | 'brand'>
  /** Facts of one person, read from the primary. */
  readFacts(subjectId: SubjectId): Promise<Facts>
  registry(): Registry
  /** A page of those who may be mailed now, by the one indexed select. */
  contactable(after: SubjectId | undefined, limit: number): Promise<ContactPage>
  /** Decides what ran out or was overtaken, until nothing is left. */
  settlePermissions(): Promise<void>
  /** Moves one person to the other of two countries: every permission is decided again and kept, durably. */
  redecide(subjectId: SubjectId): Promise<void>
  /** Records one changed answer of that person, durably, with its audit entry and its outbox event. */
  recordChoice(subjectId: SubjectId): Promise<void>
}
