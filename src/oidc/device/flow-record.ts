import type { Actor } from '../../kernel/actor.ts'
import type { AuditEntry } from '../../kernel/audit-trail.ts'
import type { DomainEvent } from '../../kernel/event.ts'
import type { Evidence } from '../../kernel/evidence.ts'
import type { Entropy } from '../../kernel/ids.ts'
import { oidcEvent } from '../events.ts'
import type { PhoneVisitor } from './device-flow.ts'
import type { StoredFlow } from './device-store.ts'

const actorOf = ({ subjectId, assurance, sessionRef }: PhoneVisitor): Actor => ({
  kind: 'subject',
  subjectId,
  assurance,
  sessionRef,
})

/** R57: what happened on the phone happened at the kiosk, in the language that the phone showed. */
const evidenceOf = (flow: StoredFlow, { evidence }: PhoneVisitor): Evidence => ({
  ...evidence,
  channel: 'kiosk',
  surface: 'device',
  touchpoint: flow.touchpointId,
  clientId: flow.clientId,
})

const entry = (action: string, flow: StoredFlow, who: PhoneVisitor, at: Date): AuditEntry => ({
  action,
  actor: actorOf(who),
  at,
  subjectId: who.subjectId,
  about: `client:${flow.clientId}`,
  evidence: evidenceOf(flow, who),
})

/** How a flow goes on record. Codes and numbers are never in it. */
export const flowRecord = {
  /** A miss, whatever the reason was: an entry that told them apart would tell its reader, too. */
  refused: (who: PhoneVisitor, at: Date): AuditEntry => ({
    action: 'oidc.device-code-refused',
    actor: actorOf(who),
    at,
    subjectId: who.subjectId,
    evidence: { ...who.evidence, channel: 'kiosk', surface: 'device' },
  }),
  opened: (flow: StoredFlow, who: PhoneVisitor, at: Date) => entry('oidc.device-opened', flow, who, at),
  approved: (flow: StoredFlow, scopes: readonly string[], who: PhoneVisitor, at: Date): AuditEntry => ({
    ...entry('oidc.device-approved', flow, who, at),
    // The trail keeps no language of its own; what was agreed to was read in this one.
    facts: { scopes, language: who.evidence.language },
  }),
  declined: (flow: StoredFlow, who: PhoneVisitor, at: Date) => entry('oidc.device-declined', flow, who, at),
  /** In the chain of whoever held the code. Somebody else who came is not named there; their own chain has the miss. */
  killed: (flow: StoredFlow, who: PhoneVisitor, at: Date): AuditEntry => {
    const own = flow.claimedBy === who.subjectId
    return {
      ...entry('oidc.device-killed', flow, who, at),
      ...(own
        ? {}
        : {
            actor: { kind: 'system', name: 'device-flow' },
            evidence: {
              channel: 'kiosk',
              surface: 'device',
              language: who.evidence.language,
              touchpoint: flow.touchpointId,
              clientId: flow.clientId,
            },
          }),
      subjectId: flow.claimedBy,
      facts: { because: flow.endedBecause ?? null },
    }
  },
  alarm: (flow: StoredFlow, entropy: Entropy, at: Date): DomainEvent =>
    oidcEvent(
      entropy,
      'device-flow.killed',
      at,
      { touchpointId: flow.touchpointId, clientId: flow.clientId, because: flow.endedBecause ?? 'reported' },
      flow.claimedBy,
    ),
}
