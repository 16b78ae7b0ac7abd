import canonicalize from 'canonicalize'
import { type Actor, actorRef } from '../../kernel/actor.ts'
import type { Evidence } from '../../kernel/evidence.ts'
import type { Entropy } from '../../kernel/ids.ts'
import type { ConsentEvent } from './consent-event.ts'

/** What proves one act (consent-law of the house, by channel): the event as it was, who acted and how sure we were. */
export interface ProvenAct {
  /** 256 random bits: a commitment over this text can be published without the text ever being guessed. */
  readonly nonce: string
  readonly event: ConsentEvent
  readonly evidence: Evidence
  readonly actor: { readonly ref: string; readonly assurance?: string; readonly session?: string }
}

const assuranceOf = (actor: Actor): ProvenAct['actor'] => ({
  ref: actorRef(actor),
  ...('assurance' in actor ? { assurance: actor.assurance } : {}),
  ...(actor.kind === 'subject' && actor.sessionRef !== undefined ? { session: actor.sessionRef } : {}),
})

/** RFC 8785 text of the act, so that whoever opens it later can compute the very same bytes. */
export function proofText(event: ConsentEvent, evidence: Evidence, actor: Actor, entropy: Entropy): string {
  const act: ProvenAct = {
    nonce: Buffer.from(entropy.bytes(32)).toString('hex'),
    event,
    evidence,
    actor: assuranceOf(actor),
  }
  return canonicalize(JSON.parse(JSON.stringify(act))) ?? ''
}

export const readProof = (text: string): ProvenAct => JSON.parse(text)
