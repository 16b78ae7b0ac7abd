import type { ContactChannel } from '../../../kernel/evidence.ts'
import type { SubjectId } from '../../../kernel/ids.ts'
import { appendAct, type LedgerParts, type Recorded } from '../append-act.ts'
import { allMarketing } from '../statements.ts'

export interface WithdrawThroughList {
  readonly subjectId: SubjectId
  readonly controller: string
  readonly list: string
  readonly contactChannel: ContactChannel
  readonly contactPoint: string
  /** When the person told the list. */
  readonly at: Date
}

/**
 * A revocation for this company that arrived through an exclusion list is a withdrawal and no listing: the person took back
 * what they had agreed to, by way of the list's operator. It counts from when they told the list, so that the one fold
 * settles, key by key, what they truly agreed to after it. Told again at every check, it is one fact.
 */
export function withdrawThroughList(parts: LedgerParts, command: WithdrawThroughList): Promise<Recorded> {
  const { subjectId, controller, list, contactChannel, contactPoint, at } = command
  const since = at.toISOString()
  return appendAct<never>(
    parts,
    {
      subjectId,
      actor: { kind: 'system', name: `exclusion-list:${list}` },
      evidence: { channel: 'api', surface: `exclusion-list:${list}`, language: 'es' },
      idempotencyKey: `revoked ${list} ${contactChannel} ${contactPoint} ${since}`,
      content: { revoked: { list, controller, contactChannel, contactPoint, since } },
      particulars: { list, toldTheListAt: since },
      actedAt: at,
    },
    () => ({
      events: [
        {
          type: 'withdrawn',
          controller,
          brand: '*',
          purpose: allMarketing,
          contactChannel,
          contactPoint,
          by: 'agent',
        },
      ],
    }),
  )
}
