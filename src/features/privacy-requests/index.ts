/**
 * Privacy requests: what a person may ask of us and the clock that starts when they do (GDPR Art. 12(3)). A request is
 * taken in wherever it is made and by whoever brings it, once however often it is told, acknowledged at once, and due on a
 * day counted from when the controller received it. The person may take it back; whoever never asked says so. Answering
 * is for the officer.
 */
export { tendAcknowledgements } from './acknowledge-request.ts'
export { type Deadline, deadline, type WorkingCalendar } from './deadline.ts'
export { disownRequest } from './disown-request.ts'
export { privacyRequestEvents } from './events.ts'
export { maskedPeople } from './masked-people.ts'
export { openNotMineLink } from './not-mine-link.ts'
export { longestWords, type OpenRequest, openRequest } from './open-request.ts'
export { type Inbox, mostCounted, openRequests, type Urgency } from './open-requests.ts'
export { privacyRequestsPersonalData } from './personal-data.ts'
export {
  pgAcknowledgementTurns,
  pgOpenRequests,
  pgPrivacyRequestStores,
  pgRequestReads,
} from './pg-request-store.ts'
export {
  type IdentityLevel,
  identityLevels,
  type OpenedBy,
  type PrivacyRequest,
  type RequestId,
  type RequestRight,
  type RequestState,
  requestIdOf,
  requestRights,
} from './request.ts'
export type { RequestMessages } from './request-messages.ts'
export type { RequestParts } from './request-parts.ts'
export type { InboxPlace } from './request-store.ts'
export { type ReadRequest, readRequest, requestOf, requestsOf } from './requests-of.ts'
export { dayAt, type TimeLeft, timeLeft } from './time-left.ts'
export { withdrawRequest } from './withdraw-request.ts'
export { workingCalendarOf } from './working-calendar.ts'
