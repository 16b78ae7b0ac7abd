import type { Actor } from '../../kernel/actor.ts'
import { invalid } from '../../kernel/errors.ts'
import type { ContactChannel, Evidence } from '../../kernel/evidence.ts'
import type { SubjectId } from '../../kernel/ids.ts'
import { appendAct, type LedgerParts, type Recorded } from './append-act.ts'
import type { DraftEvent } from './choices.ts'
import type { ConsentEvent } from './consent-event.ts'
import type { NoticeReference } from './notice.ts'
import { sameNotice } from './notice.ts'
import { pinnedNotice } from './published.ts'
import { keyFor } from './standing-choice.ts'

export interface ClaimedYes {
  readonly subjectId: SubjectId
  readonly actor: Actor
  readonly evidence: Evidence
  readonly idempotencyKey: string
  readonly controller: string
  readonly brand: string
  readonly choices: readonly {
    readonly purpose: string
    readonly contactChannel: ContactChannel
    readonly notice: NoticeReference
  }[]
}

/**
 * Keeps what a system says a person agreed to, without anything of the person's own to show for it. It is written down as
 * the claim it is, of evidence grade `none`: the state stays what it was, unknown if nothing else is known, and nothing is
 * permitted by it (GDPR Art. 7(1); EDPB 05/2020 on consents without a reference). The person can still be asked.
 */
export async function recordClaimedYes(
  parts: LedgerParts,
  command: ClaimedYes,
): Promise<Recorded | { readonly outcome: 'unchanged' }> {
  const { controller, brand, choices } = command
  return appendAct<{ readonly outcome: 'unchanged' }>(
    parts,
    { ...command, content: { controller, brand, claimed: choices } },
    (known, registry) => {
      const events = choices.flatMap(({ purpose, contactChannel, notice }): readonly DraftEvent[] => {
        const version = registry.active.get(purpose)
        if (version === undefined || !version.contactChannels.includes(contactChannel)) {
          throw invalid('choice_not_offered', `nobody was offered ${purpose}.${contactChannel}`)
        }
        const shown = pinnedNotice(registry, notice)
        if (shown?.purpose !== purpose) {
          throw invalid('notice_unknown', `${purpose} was answered on a wording that was never published`)
        }
        const claim: DraftEvent = {
          ...keyFor({ controller, brand }, purpose, contactChannel, known.facts),
          type: 'given',
          by: 'system',
          consentType: 'expressed',
          purposeVersion: shown.purposeVersion,
          notice,
          attributes: version.attributes,
          defaultState: 'unticked',
          evidenceGrade: 'none',
        }
        return known.facts.events.some((event) => repeats(event, claim)) ? [] : [claim]
      })
      return events.length === 0 ? { instead: { outcome: 'unchanged' } } : { events }
    },
  )
}

const repeats = (event: ConsentEvent, claim: DraftEvent): boolean =>
  event.evidenceGrade === 'none' &&
  event.purpose === claim.purpose &&
  event.contactChannel === claim.contactChannel &&
  event.notice !== undefined &&
  claim.notice !== undefined &&
  sameNotice(event.notice, claim.notice)
