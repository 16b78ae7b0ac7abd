import canonicalize from 'canonicalize'
import { type Actor, actorRef } from '../../kernel/actor.ts'
import type { Evidence } from '../../kernel/evidence.ts'
import type { Entropy } from '../../kernel/ids.ts'
import type { ConsentEvent } from './consent-event.ts'
import { commitmentTo } from './ledger/log-row.ts'

/** What proves one act (consent-law of the house, by channel): the event as it was, who acted and how sure we were. */
export interface ProvenAct {
  /** 256 random bits: a commitment over this text can be published without the text ever being guessed. */
  readonly nonce: string
  readonly event: ConsentEvent
  readonly evidence: Evidence
  /** What else proves it, such as the message that a confirmation answers. */
  readonly particulars?: Readonly<Record<string, string>>
  readonly actor: { readonly ref: string; readonly assurance?: string; readonly session?: string }
}

const assuranceOf = (actor: Actor): ProvenAct['actor'] => ({
  ref: actorRef(actor),
  ...('assurance' in actor ? { assurance: actor.assurance } : {}),
  ...(actor.kind === 'subject' && actor.sessionRef !== undefined ? { session: actor.sessionRef } : {}),
})

/** One act as it is kept and as it is committed to. */
export interface ActProof {
  /** What is sealed: the act with its nonce, as RFC 8785 text. */
  readonly text: string
  /** What the log holds of it; see ledger/log-row.ts. */
  readonly commitment: Uint8Array
}

/** The nonce is outside of the text that is committed to, as the log's readers expect it. */
const canonicalAct = (act: object): string => canonicalize(JSON.parse(JSON.stringify(act))) ?? ''

export function proveAct(
  event: ConsentEvent,
  evidence: Evidence,
  actor: Actor,
  entropy: Entropy,
  particulars?: ProvenAct['particulars'],
): ActProof {
  const nonce = entropy.bytes(32)
  const act = {
    event,
    evidence,
    actor: assuranceOf(actor),
    ...(particulars === undefined ? {} : { particulars }),
  }
  return {
    text: canonicalAct({ nonce: Buffer.from(nonce).toString('hex'), ...act }),
    commitment: commitmentTo(nonce, canonicalAct(act)),
  }
}

export const readProof = (text: string): ProvenAct => JSON.parse(text)

/** Everything that opens a commitment: with both, anybody can compute it again. */
export interface Opening {
  /** 64 hex digits. */
  readonly nonce: string
  readonly act: Omit<ProvenAct, 'nonce'>
}

export function openingOf(text: string): Opening {
  const { nonce, ...act } = readProof(text)
  return { nonce, act }
}

export const commitmentOf = ({ nonce, act }: Opening): Uint8Array =>
  commitmentTo(Buffer.from(nonce, 'hex'), canonicalAct(act))
