import { invalid } from '../../kernel/errors.ts'
import type { ControlState, DraftEvent } from './choices.ts'
import type { ConsentEvent } from './consent-event.ts'
import type { Facts } from './facts.ts'
import { type NoticeReference, sameNotice } from './notice.ts'
import type { PermissionKey } from './permission-key.ts'
import type { PurposeVersion } from './published.ts'

const repeats = (event: ConsentEvent, claim: DraftEvent): boolean =>
  event.evidenceGrade === 'none' &&
  event.controller === claim.controller &&
  event.brand === claim.brand &&
  event.purpose === claim.purpose &&
  event.contactChannel === claim.contactChannel &&
  event.notice !== undefined &&
  claim.notice !== undefined &&
  sameNotice(event.notice, claim.notice)

/**
 * What a system says a person agreed to, without anything of the person's own to show for it. It is written down as the
 * claim it is, of evidence grade `none`: the state stays what it was, unknown if nothing else is known, and nothing is
 * permitted by it (GDPR Art. 7(1); EDPB 05/2020 on consents without a reference). The person can still be asked. How the
 * control stood and how the yes was expressed, nobody of ours saw, so neither is said. Nothing where it was told before.
 */
export function claimedYes(
  claim: { readonly notice: NoticeReference; readonly defaultState?: ControlState },
  key: PermissionKey,
  version: PurposeVersion,
  facts: Facts,
): readonly DraftEvent[] {
  if (claim.defaultState === 'ticked') {
    throw invalid(
      'choice_ticked_by_default',
      `${key.purpose}.${key.contactChannel} was ticked before the person touched it`,
    )
  }
  const event: DraftEvent = {
    ...key,
    type: 'given',
    by: 'system',
    purposeVersion: version.version,
    notice: claim.notice,
    attributes: version.attributes,
    evidenceGrade: 'none',
  }
  return facts.events.some((before) => repeats(before, event)) ? [] : [event]
}
