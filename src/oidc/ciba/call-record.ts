import type { Actor } from '../../kernel/actor.ts'
import type { AuditEntry } from '../../kernel/audit-trail.ts'
import type { DomainEvent } from '../../kernel/event.ts'
import type { Evidence } from '../../kernel/evidence.ts'
import type { Entropy } from '../../kernel/ids.ts'
import { oidcEvent } from '../events.ts'
import type { CallVisitor } from './call-approval.ts'
import type { StoredCall } from './call-store.ts'

type Call = Pick<StoredCall, 'agentId' | 'clientId' | 'touchpointId'>

const surface = 'call-approval'

const placeOf = ({ clientId, touchpointId }: Call, language: string): Evidence => ({
  channel: 'call-centre',
  surface,
  language,
  clientId,
  ...(touchpointId === undefined ? {} : { touchpoint: touchpointId }),
})

const actorOf = ({ subjectId, assurance, sessionRef }: CallVisitor): Actor => ({
  kind: 'subject',
  subjectId,
  assurance,
  sessionRef,
})

/** R57: on the customer's device, about a call, in the language that the page had. */
const answered = (action: string, call: StoredCall, who: CallVisitor, at: Date): AuditEntry => ({
  action,
  actor: actorOf(who),
  at,
  subjectId: who.subjectId,
  about: `client:${call.clientId}`,
  evidence: {
    ...who.evidence,
    channel: 'call-centre',
    surface,
    clientId: call.clientId,
    ...(call.touchpointId === undefined ? {} : { touchpoint: call.touchpointId }),
  },
  facts: { agent: `staff:${call.agentId}`, language: who.evidence.language },
})

const byAgent = (action: string, call: Call, at: Date, language = 'und'): AuditEntry => ({
  action,
  actor: { kind: 'client', clientId: call.clientId },
  at,
  about: `client:${call.clientId}`,
  evidence: placeOf(call, language),
  facts: { agent: `staff:${call.agentId}` },
})

/** How a request goes on record. Every entry names the agent (R49); none has the binding message or the hint. */
export const callRecord = {
  /** In no person's chain: whether there is a person must not be told by how long this takes (R50). */
  requested: (call: Call, at: Date, language?: string) => byAgent('oidc.call-requested', call, at, language),
  sent: (call: Call & Pick<StoredCall, 'subjectId'>, sent: boolean, at: Date): AuditEntry => ({
    ...byAgent(sent ? 'oidc.call-prompted' : 'oidc.call-prompt-held-back', call, at),
    subjectId: call.subjectId,
  }),
  /** What an agent of the house learns: each for the person to see, with the agent beside it. */
  redeemed: (call: StoredCall, at: Date): AuditEntry => ({
    ...byAgent('oidc.call-redeemed', call, at),
    subjectId: call.subjectId,
  }),
  notRedeemed: (call: StoredCall, at: Date) => byAgent('oidc.call-redeem-refused', call, at),
  ended: (call: StoredCall, at: Date) => byAgent('oidc.call-request-ended', call, at),
  notEnded: (call: StoredCall, at: Date) => byAgent('oidc.call-request-end-refused', call, at),
  missed: (who: CallVisitor, at: Date): AuditEntry => ({
    action: 'oidc.call-link-refused',
    actor: actorOf(who),
    at,
    subjectId: who.subjectId,
    evidence: { ...who.evidence, channel: 'call-centre', surface },
  }),
  opened: (call: StoredCall, who: CallVisitor, at: Date) => answered('oidc.call-opened', call, who, at),
  approved: (call: StoredCall, scopes: readonly string[], who: CallVisitor, at: Date): AuditEntry => {
    const entry = answered('oidc.call-approved', call, who, at)
    return { ...entry, facts: { ...entry.facts, scopes } }
  },
  declined: (call: StoredCall, who: CallVisitor, at: Date) => answered('oidc.call-declined', call, who, at),
  reported: (call: StoredCall, who: CallVisitor, at: Date) => answered('oidc.call-reported', call, who, at),
  alarm: (call: StoredCall, entropy: Entropy, at: Date): DomainEvent =>
    oidcEvent(
      entropy,
      'call-approval.reported',
      at,
      { clientId: call.clientId, agent: `staff:${call.agentId}`, touchpointId: call.touchpointId ?? null },
      call.subjectId,
    ),
  pingLost: (clientId: string, attempts: number, at: Date): AuditEntry => ({
    action: 'oidc.call-ping-not-delivered',
    actor: { kind: 'system', name: 'call-pings' },
    at,
    about: `client:${clientId}`,
    facts: { attempts },
  }),
}
