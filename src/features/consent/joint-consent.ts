import { type ConsentEvent, isOwnYes } from './consent-event.ts'
import { covers, type PermissionKey, touches } from './permission-key.ts'

const withinThose = (some: readonly string[] | undefined, all: readonly string[] | undefined): boolean =>
  (some ?? []).every((one) => all?.includes(one) === true)

/** Two yeses are one joint consent only when both were said to the same: version, and at least the same data and hands. */
const toTheSame = (yes: ConsentEvent, other: ConsentEvent): boolean =>
  other.purposeVersion === yes.purposeVersion &&
  withinThose(yes.attributes, other.attributes) &&
  withinThose(yes.recipients, other.recipients) &&
  (other.sources === undefined || (yes.sources !== undefined && withinThose(yes.sources, other.sources))) &&
  (yes.consentType !== 'explicit' || other.consentType === 'explicit')

const isNo = (event: ConsentEvent): boolean =>
  event.type === 'refused' ||
  event.type === 'withdrawn' ||
  event.type === 'invalidated' ||
  event.type === 'revoked'

/**
 * Joint consent of child and guardian (GDPR Art. 8(1) as France applies it): the yes that comes second completes the
 * first. Each party's own yes is needed, the guardian's verified, and no "no" of either may lie between the two. Until
 * then the first stays pending. Taking a yes away can only leave the other alone, so it never permits anything.
 */
export function isJoined(yes: ConsentEvent, events: readonly ConsentEvent[], key: PermissionKey): boolean {
  return events.some(
    (other) =>
      isOwnYes(other) &&
      (other.by === 'guardian') !== (yes.by === 'guardian') &&
      (other.by !== 'guardian' || other.guardianVerified === true) &&
      other.occurredAt <= yes.occurredAt &&
      covers(other, key) &&
      toTheSame(yes, other) &&
      !events.some(
        (no) =>
          isNo(no) &&
          touches(no, key) &&
          no.occurredAt >= other.occurredAt &&
          no.occurredAt <= yes.occurredAt,
      ),
  )
}
