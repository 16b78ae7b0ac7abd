import type { Clock } from '../../../kernel/clock.ts'
import type { Evidence } from '../../../kernel/evidence.ts'
import type { Entropy, SubjectId } from '../../../kernel/ids.ts'
import type { Work } from '../../../kernel/work.ts'
import type { BlindIndex, SubjectSealer } from '../../../platform/crypto/index.ts'
import { checkProof, type FreshProof } from '../credential-change.ts'
import type { IdentityStores } from '../identity-stores.ts'
import { lockActiveSubject } from '../lock-active-subject.ts'
import { openPushBrowser, type PushBrowserId, sealPushBrowser } from './push-browser.ts'
import type { PushStores } from './push-browser-store.ts'
import type { PushSubscription } from './push-subscription.ts'

/** People have a telephone, a tablet and a few computers; each message goes to all of them. */
const most = 8

/**
 * Lets this browser ring for the person. Asked for like a change of credentials (R76): whoever could add a browser with a
 * stolen session would see, in place of the customer, that somebody asks for their yes.
 */
export const addPushBrowser = (
  deps: {
    readonly work: Work<PushStores & Pick<IdentityStores, 'subjects' | 'passkeys'>>
    readonly clock: Clock
    readonly entropy: Entropy
    readonly sealer: SubjectSealer
    readonly blindIndex: BlindIndex
  },
  command: {
    readonly subjectId: SubjectId
    readonly subscription: PushSubscription
    readonly keyId: string
    readonly mark: string
    readonly label: string
    readonly proof: FreshProof
    readonly evidence: Evidence
  },
): Promise<PushBrowserId> =>
  deps.work(async (tx) => {
    const { subjectId, subscription, keyId, mark, label, proof, evidence } = command
    const at = deps.clock.now()
    await lockActiveSubject(tx, subjectId)
    checkProof(proof, { passkeys: (await tx.passkeys.list(subjectId)).length }, at)
    const known = await Promise.all(
      (await tx.pushBrowsers.list(subjectId)).map((one) => openPushBrowser(deps.sealer, one)),
    )
    const others = known.filter((one) => one.mark !== mark && one.endpoint !== subscription.endpoint)
    const makingRoom = others.slice(0, Math.max(0, others.length - most + 1))
    for (const one of [...known.filter((one) => !others.includes(one)), ...makingRoom]) {
      await tx.pushBrowsers.remove(one)
    }
    const browserId = deps.entropy.id<'push-browser'>()
    const former = await tx.pushBrowsers.put({
      subjectId,
      browserId,
      keyId,
      createdAt: at,
      endpointIndex: deps.blindIndex.of('push_endpoint', subscription.endpoint),
      sealedSubscription: await sealPushBrowser(
        deps.sealer,
        { subjectId, browserId },
        { ...subscription, mark, label },
      ),
    })
    await tx.audit.record({
      action: 'push-browser.added',
      actor: { kind: 'subject', subjectId, assurance: proof.assurance },
      at,
      subjectId,
      evidence,
      facts: { browserId },
    })
    if (former !== undefined) {
      // Somebody else's, on a browser they share. Who has it now is nothing their own trail should tell.
      await tx.audit.record({
        action: 'push-browser.removed',
        actor: { kind: 'system', name: 'push' },
        at,
        subjectId: former.subjectId,
        facts: { browserId: former.browserId, because: 'rings-for-another-account' },
      })
    }
    return browserId
  })
