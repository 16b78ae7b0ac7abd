import type { Clock } from '../../kernel/clock.ts'
import { notFound } from '../../kernel/errors.ts'
import type { Evidence } from '../../kernel/evidence.ts'
import type { Entropy, SubjectId } from '../../kernel/ids.ts'
import type { Work } from '../../kernel/work.ts'
import { checkNotLast, checkProof, type FreshProof } from './credential-change.ts'
import { identityEvent } from './events.ts'
import type { IdentityStores } from './identity-stores.ts'
import { lockActiveSubject } from './lock-active-subject.ts'
import type { PasskeyId } from './passkey-store.ts'

/** The account's row is locked first, so that two removals at once cannot both think the other one stays (R76). */
export const removePasskey = (
  deps: {
    readonly work: Work<Pick<IdentityStores, 'subjects' | 'passkeys' | 'passwords'>>
    readonly clock: Clock
    readonly entropy: Entropy
  },
  command: {
    readonly subjectId: SubjectId
    readonly passkeyId: PasskeyId
    readonly proof: FreshProof
    readonly evidence: Evidence
  },
): Promise<{ readonly name: string }> =>
  deps.work(async (tx) => {
    const { subjectId, passkeyId, proof, evidence } = command
    const at = deps.clock.now()
    await lockActiveSubject(tx, subjectId)
    const passkeys = await tx.passkeys.list(subjectId)
    const passkey = passkeys.find((one) => one.passkeyId === passkeyId)
    if (passkey === undefined) throw notFound('passkey-not-found', 'This passkey is not here any more.')
    checkProof(proof, { passkeys: passkeys.length }, at)
    const hasPassword = (await tx.passwords.find(subjectId)) !== undefined
    checkNotLast({ passkeys: passkeys.length, hasPassword })
    await tx.passkeys.remove(passkey)
    await tx.audit.record({
      action: 'passkey.removed',
      actor: { kind: 'subject', subjectId, assurance: proof.assurance },
      at,
      subjectId,
      evidence,
      facts: { passkeyId },
    })
    await tx.outbox.add(identityEvent(deps.entropy, 'passkey.removed', subjectId, at, { passkeyId }))
    return { name: passkey.name }
  })
