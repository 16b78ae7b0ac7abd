import type { ContactChannel } from '../../../kernel/evidence.ts'
import type { SubjectId } from '../../../kernel/ids.ts'
import { appendAct, type LedgerParts } from '../append-act.ts'
import type { DraftEvent } from '../choices.ts'
import type { ConsentEvent } from '../consent-event.ts'
import { purposeMatches } from '../permission-key.ts'
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
 * what they had agreed to, by way of the list's operator. What they agreed to after it stands. Told again at every check,
 * it is one fact.
 */
export async function withdrawThroughList(
  parts: LedgerParts,
  command: WithdrawThroughList,
): Promise<{ readonly outcome: 'recorded' | 'unchanged' }> {
  const { subjectId, controller, list, contactChannel, contactPoint, at } = command
  const since = at.toISOString()
  const no: Omit<DraftEvent, 'purpose'> = {
    type: 'withdrawn',
    controller,
    brand: '*',
    contactChannel,
    contactPoint,
    by: 'agent',
  }
  const { outcome } = await appendAct<{ readonly outcome: 'unchanged' }>(
    parts,
    {
      subjectId,
      actor: { kind: 'system', name: `exclusion-list:${list}` },
      evidence: { channel: 'api', surface: `exclusion-list:${list}`, language: 'es' },
      idempotencyKey: `revoked ${list} ${contactChannel} ${contactPoint} ${since}`,
      content: { revoked: { list, controller, contactChannel, contactPoint, since } },
      particulars: { list, toldTheListAt: since },
    },
    ({ facts }) => {
      const yeses = facts.events.filter(
        (event) => isYesOn(event, contactChannel) && event.controller === controller,
      )
      const later = new Set(
        yeses.filter(({ occurredAt }) => occurredAt > at.getTime()).map(({ purpose }) => purpose),
      )
      if (later.size === 0) return { events: [{ ...no, purpose: allMarketing }] }
      const older = new Set(yeses.map(({ purpose }) => purpose).filter((purpose) => !later.has(purpose)))
      return older.size === 0
        ? { instead: { outcome: 'unchanged' } }
        : { events: [...older].map((purpose) => ({ ...no, purpose })) }
    },
  )
  return { outcome }
}

const isYesOn = ({ type, purpose, contactChannel }: ConsentEvent, channel: ContactChannel): boolean =>
  type === 'given' &&
  (contactChannel === '*' || contactChannel === channel) &&
  purposeMatches(allMarketing, purpose)
