import { PlacetError } from '../../../kernel/errors.ts'
import type { Evidence } from '../../../kernel/evidence.ts'
import { appendAct, type LedgerParts } from '../append-act.ts'
import type { DraftEvent } from '../choices.ts'
import type { ConsentEvent } from '../consent-event.ts'
import { noticeFor, referenceTo } from '../published.ts'
import { keyFor, standingOn } from '../standing-choice.ts'
import type { WithdrawalLink } from './withdrawal-link.ts'

/** States in which there is something the person had said yes to. */
const hadAYes = new Set(['GIVEN', 'PENDING_DOI', 'PENDING_GUARDIAN'])

/**
 * Takes back what a message was sent for, for whoever holds its link: no sign-in, no question, no reason (GDPR Art. 7(3);
 * RFC 8058). Where the message rested on no consent it is a plain no, which every other basis of marketing yields to. Asked
 * twice it is one fact. Whoever is unknown, blocked or erased gets the same answer: a link tells nothing about anybody.
 */
export async function withdrawByLink(
  parts: LedgerParts,
  command: { readonly link: WithdrawalLink; readonly evidence: Evidence },
): Promise<{ readonly outcome: 'recorded' | 'unchanged' }> {
  const { link, evidence } = command
  const { subjectId, ...key } = link
  try {
    const { outcome } = await appendAct<{ readonly outcome: 'unchanged' }>(
      parts,
      {
        subjectId,
        actor: { kind: 'subject', subjectId, assurance: 'none' },
        evidence,
        idempotencyKey: parts.entropy.id<'link-use'>(),
        content: { withdraw: key },
      },
      (known, registry, now) => {
        const asked =
          key.contactPoint === undefined ? keyFor(key, key.purpose, key.contactChannel, known.facts) : key
        const { state, by } = standingOn(asked, known.facts, registry, now)
        // An agent's no can be disowned, so over one of those the person's own is news.
        const saidNo = (state === 'REFUSED' || state === 'WITHDRAWN') && by?.by !== 'agent'
        if (saidNo) return { instead: { outcome: 'unchanged' } }
        const version = registry.active.get(key.purpose)
        if (version === undefined) return { events: [plainNo(key)] }
        const notice = by?.notice ?? wordingNow(noticeFor(registry, key.purpose, evidence.language))
        return {
          events: [
            {
              ...plainNo(key),
              type: hadAYes.has(state) ? 'withdrawn' : 'refused',
              purposeVersion: by?.purposeVersion ?? version.version,
              consentType: by?.consentType,
              notice,
              attributes: by?.attributes ?? version.attributes,
            },
          ],
        }
      },
    )
    return { outcome }
  } catch (error) {
    if (error instanceof PlacetError && error.code === 'subject-not-active') return { outcome: 'unchanged' }
    throw error
  }
}

const plainNo = (key: Omit<WithdrawalLink, 'subjectId'>): DraftEvent => ({
  ...key,
  type: 'withdrawn',
  by: 'subject',
})

const wordingNow = (notice: Parameters<typeof referenceTo>[0] | undefined): ConsentEvent['notice'] =>
  notice === undefined ? undefined : referenceTo(notice)
