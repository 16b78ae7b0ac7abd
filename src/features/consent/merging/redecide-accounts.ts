import type { Entropy, SubjectId } from '../../../kernel/ids.ts'
import type { Proofs } from '../../../kernel/work.ts'
import { everyKey } from '../affected-keys.ts'
import { permissionsChanged } from '../events.ts'
import type { KeyDecision } from '../key-decision.ts'
import type { PermissionKey } from '../permission-key.ts'
import type { PermissionStores, StoredKey } from '../permissions/permission-store.ts'
import { changedOf } from '../permissions/redecide-permissions.ts'
import type { PublishedRegistry } from '../published.ts'
import { decideKeyInCluster } from './decide-in-cluster.ts'
import { type AccountLink, factsWithLinked, type ReadAccount } from './linked-accounts.ts'
import type { FactsInCluster } from './linked-profile.ts'

/** Somebody recorded for one of the accounts between the read and the write; the caller looks again. */
export class AccountsMovedOn extends Error {}

const nameOf = ({ controller, brand, purpose, contactChannel, contactPoint }: PermissionKey): string =>
  JSON.stringify([controller, brand, purpose, contactChannel, contactPoint ?? null])

/**
 * Decides every kept permission of these accounts again under the links that hold now, and keeps it in the transaction that
 * changed them, so that no list is read by yesterday's links. All accounts are held by the caller; each one's epoch moves on,
 * so that nobody who read them before, without these links, keeps what they decided.
 */
export async function redecideAccounts(
  parts: { readonly entropy: Entropy; readonly registry: PublishedRegistry },
  { permissions, outbox }: PermissionStores & Pick<Proofs, 'outbox'>,
  read: {
    readonly accounts: ReadonlyMap<SubjectId, ReadAccount>
    readonly before: ReadonlyMap<SubjectId, readonly StoredKey[]>
    readonly links: readonly AccountLink[]
  },
  change: { readonly at: Date; readonly because: string },
): Promise<void> {
  const { at, because } = change
  const { registry, entropy } = parts
  const accounts = [...read.accounts].sort(([a], [b]) => (a < b ? -1 : 1))
  const epochs = new Map<SubjectId, number>()
  for (const [subjectId, { known }] of accounts) {
    const { state, jurisdiction } = known.facts.subject
    // Nothing is recorded for a blocked or erased account, so nobody can be on the way with what they read before.
    const moves = state === 'active' && jurisdiction !== undefined
    if (moves && !(await permissions.move(subjectId, known.epoch, jurisdiction))) throw new AccountsMovedOn()
    epochs.set(subjectId, moves ? known.epoch + 1 : known.epoch)
  }
  for (const [subjectId, account] of accounts) {
    const { known } = account
    const epoch = epochs.get(subjectId) ?? known.epoch
    const before = read.before.get(subjectId) ?? []
    const facts = factsWithLinked(subjectId, account, read.accounts, read.links)
    const decided = decideAccount(facts, before, registry, at)
    if (!(await permissions.rewrite(subjectId, epoch, decided, at))) throw new AccountsMovedOn()
    const news = changedOf({ subjectId, known, before, permissions: decided })
    if (news.length > 0)
      await outbox.add(
        permissionsChanged(entropy.id<'event'>(), { subjectId, at, epoch, because, permissions: news }),
      )
  }
}

/** Every key that is kept or may be asked for, decided with the person's other accounts in sight. */
function decideAccount(
  facts: FactsInCluster,
  before: readonly StoredKey[],
  registry: PublishedRegistry,
  at: Date,
): readonly KeyDecision[] {
  const keys = new Map([...before, ...everyKey(registry, facts)].map((key) => [nameOf(key), key]))
  return [...keys.values()].map(({ controller, brand, purpose, contactChannel, contactPoint }) => {
    const point = contactPoint === undefined ? {} : { contactPoint }
    const key = { controller, brand, purpose, contactChannel, ...point }
    return decideKeyInCluster(key, facts, registry, at.getTime())
  })
}
