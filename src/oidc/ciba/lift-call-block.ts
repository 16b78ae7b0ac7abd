import { type Assurance, meets } from '../../kernel/actor.ts'
import type { Clock } from '../../kernel/clock.ts'
import { needsStepUp } from '../../kernel/errors.ts'
import type { Evidence } from '../../kernel/evidence.ts'
import type { SubjectId } from '../../kernel/ids.ts'
import type { Work } from '../../kernel/work.ts'
import { cibaTimes } from './ciba-times.ts'

/** A client that must not ask a person by telephone any more, because they said that it was not them. */
export interface CallBlock {
  readonly clientId: string
  readonly blockedAt: Date
}

/** Port. Promise: of two who lift one block at the same moment, one did it. */
export interface CallBlockStores {
  readonly callBlocks: { lift(subjectId: SubjectId, clientId: string): Promise<boolean> }
}

/**
 * Lets a client ask the person again (R52). Theirs alone to allow, and with the proof that an answer would need: who could
 * lift it with less would have a way around "that was not me". False when there was nothing to lift.
 */
export const liftCallBlock = async (
  deps: { readonly work: Work<CallBlockStores>; readonly clock: Clock },
  command: {
    readonly subjectId: SubjectId
    readonly clientId: string
    readonly proof: { readonly assurance: Assurance; readonly at: Date }
    readonly evidence: Evidence
  },
): Promise<boolean> => {
  const { subjectId, clientId, proof, evidence } = command
  const at = deps.clock.now()
  if (!meets(proof.assurance, 'passkey')) {
    throw needsStepUp('step-up-needed', 'Use one of your passkeys first.')
  }
  if (at.getTime() - proof.at.getTime() > cibaTimes.freshProof * 1000) {
    throw needsStepUp('sign-in-too-old', 'Confirm that it is still you.')
  }
  return deps.work(async ({ callBlocks, audit }) => {
    const lifted = await callBlocks.lift(subjectId, clientId)
    await audit.record({
      action: lifted ? 'oidc.call-block-lifted' : 'oidc.call-block-not-found',
      actor: { kind: 'subject', subjectId, assurance: proof.assurance },
      at,
      subjectId,
      about: `client:${clientId}`,
      evidence,
    })
    return lifted
  })
}
