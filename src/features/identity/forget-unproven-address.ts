import type { Actor } from '../../kernel/actor.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { SubjectId } from '../../kernel/ids.ts'
import type { Work } from '../../kernel/work.ts'
import type { BlindIndex, SubjectSealer } from '../../platform/crypto/index.ts'
import type { DecidedStores } from './decided-answers.ts'
import { readIdentifiers } from './describe-subject.ts'
import { parseEmailAddress } from './email-address.ts'
import { emailIndex, phoneIndex } from './identifier.ts'
import type { IdentityReads, IdentityStores } from './identity-stores.ts'
import { parsePhoneNumber } from './phone-number.ts'

const forgetter: Actor = { kind: 'system', name: 'unproven-addresses' }

class StillNeeded extends Error {}

/**
 * Deletes a contact point that was never proven and has no account behind it: somebody left an address and never came
 * back, so there is no ground to keep it (GDPR Art. 5(1)(e)). False, with nothing changed, for any other.
 */
export async function forgetUnprovenAddress<
  Stores extends Pick<IdentityStores, 'identifiers'> & DecidedStores,
>(
  deps: {
    readonly work: Work<Stores>
    readonly reads: Pick<IdentityReads, 'identifiers'>
    readonly sealer: SubjectSealer
    readonly blindIndex: BlindIndex
    readonly clock: Clock
  },
  which: {
    readonly subjectId: SubjectId
    readonly contactPoint: string
    /** The person goes too, with their key, where nothing else hangs on them: then nobody is left behind it. */
    readonly withPerson?: boolean
    /** Whether something came to need it; asked while nobody else can change the person. */
    readonly stillNeeded?: (tx: Stores) => Promise<boolean>
  },
): Promise<boolean> {
  const { subjectId, contactPoint, withPerson = false, stillNeeded } = which
  const identifiers = await readIdentifiers(deps, subjectId)
  const found = identifiers.find(({ identifierId }) => identifierId === contactPoint)
  if (found === undefined || identifiers.some(({ verifiedAt }) => verifiedAt !== undefined)) return false
  const email = found.kind === 'email' ? parseEmailAddress(found.value) : undefined
  const phone = found.kind === 'phone' ? parsePhoneNumber(found.value) : undefined
  const index =
    email !== undefined
      ? emailIndex(deps.blindIndex, email)
      : phone !== undefined
        ? phoneIndex(deps.blindIndex, phone)
        : undefined
  try {
    const personGone = await deps.work(async (tx) => {
      const at = deps.clock.now()
      await tx.decided.outdate(subjectId, { contactPoints: true }, at)
      if (await stillNeeded?.(tx)) throw new StillNeeded()
      const { identifiers: store } = tx
      const gone = withPerson && (await store.removePerson(subjectId, found.identifierId, index))
      if (!gone && !(await store.removeUnproven(subjectId, found.identifierId, index, at))) {
        throw new StillNeeded()
      }
      await tx.audit.record({
        action: 'identity.unproven-address-forgotten',
        actor: forgetter,
        at,
        subjectId,
        facts: { identifierId: found.identifierId, person: gone ? 'gone' : 'kept' },
      })
      return gone
    })
    if (personGone) deps.sealer.forget(subjectId)
    return true
  } catch (error) {
    if (error instanceof StillNeeded) return false
    throw error
  }
}
