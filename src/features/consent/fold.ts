import type { ConsentEvent, ConsentEventType } from './consent-event.ts'
import { isOwnYes } from './consent-event.ts'
import type { PermissionKey } from './permission-key.ts'
import { covers, names, reaches, touches } from './permission-key.ts'
import type { Watch } from './valid-until.ts'

export type ConsentState =
  | 'UNKNOWN'
  | 'REQUESTED'
  | 'DEFERRED'
  | 'PENDING_DOI'
  | 'PENDING_GUARDIAN'
  | 'GIVEN'
  | 'REFUSED'
  | 'WITHDRAWN'
  | 'REVOKED'
  | 'INVALIDATED'

/** What the history of a key comes to. */
export interface Standing {
  readonly state: ConsentState
  /** The event that brought the state about. */
  readonly by?: ConsentEvent | undefined
  /** The person's last refusal or withdrawal, while no valid yes came after it. Nothing but such a yes clears it. */
  readonly no?: ConsentEvent | undefined
  /** The last valid yes to this very purpose and contact channel, while the yes lasts. Only it answers an objection. */
  readonly named?: ConsentEvent | undefined
  /** A yes after a yes. */
  readonly renewed: boolean
}

/** How a yes stands in form; a lapsed one leaves no trace. */
export type YesForm = 'GIVEN' | 'PENDING_DOI' | 'PENDING_GUARDIAN' | 'LAPSED'

const strictness: Readonly<Record<ConsentEventType, number>> = {
  notice_shown: 0,
  requested: 1,
  deferred: 2,
  given: 3,
  confirmed: 3,
  revoked: 4,
  refused: 5,
  withdrawn: 6,
  invalidated: 7,
  objected: 8,
  objection_overridden: 8,
  restriction_set: 8,
  restriction_lifted: 8,
}

/** By time; at the same instant the stricter event comes last and so wins, of two yeses the narrower. */
function inOrder(a: ConsentEvent, b: ConsentEvent): number {
  if (a.occurredAt !== b.occurredAt) return a.occurredAt - b.occurredAt
  if (a.type !== b.type) return strictness[a.type] - strictness[b.type]
  const explicit = Number(b.consentType === 'explicit') - Number(a.consentType === 'explicit')
  if (explicit !== 0) return explicit
  const narrower = (b.attributes?.length ?? 0) - (a.attributes?.length ?? 0)
  if (narrower !== 0) return narrower
  return a.id < b.id ? -1 : 1
}

/** The events that speak about the key, in order. A yes must cover it, a finding reach it; a no need only touch it. */
function concerning(events: readonly ConsentEvent[], key: PermissionKey, watch: Watch): ConsentEvent[] {
  const relevant: ConsentEvent[] = []
  for (const event of events) {
    switch (event.type) {
      case 'given':
        if (isOwnYes(event) && covers(event, key) && watch.reached(event.occurredAt)) relevant.push(event)
        break
      case 'invalidated':
      case 'revoked':
        if (reaches(event, key)) relevant.push(event)
        break
      case 'notice_shown':
      case 'requested':
      case 'deferred':
      case 'refused':
      case 'withdrawn':
        if (touches(event, key)) relevant.push(event)
        break
    }
  }
  return relevant.sort(inOrder)
}

/**
 * Folds the history into the state of one key. Whatever arrives late counts when it happened. A yes not valid in form
 * never destroys one that is, and never clears a no. A purchase, a sign-in or joining a club is no event here at all.
 */
export function fold(
  events: readonly ConsentEvent[],
  key: PermissionKey,
  formOf: (yes: ConsentEvent) => YesForm,
  watch: Watch,
): Standing {
  let state: ConsentState = 'UNKNOWN'
  let by: ConsentEvent | undefined
  let no: ConsentEvent | undefined
  let named: ConsentEvent | undefined
  let yesesInARow = 0
  let givenSince = Number.POSITIVE_INFINITY

  for (const event of concerning(events, key, watch)) {
    switch (event.type) {
      case 'notice_shown':
      case 'requested':
      case 'deferred':
        if (state === 'UNKNOWN' || state === 'REQUESTED' || state === 'DEFERRED') {
          state = event.type === 'deferred' ? 'DEFERRED' : 'REQUESTED'
          by = event
        }
        break
      case 'given': {
        const form = formOf(event)
        if (form === 'LAPSED' || (form !== 'GIVEN' && state === 'GIVEN')) break
        if (form === 'GIVEN') {
          yesesInARow = state === 'GIVEN' ? yesesInARow + 1 : 1
          if (yesesInARow === 1) {
            givenSince = event.occurredAt
            named = undefined
          }
          if (names(event, key)) named = event
          no = undefined
        }
        state = form
        by = event
        break
      }
      case 'refused':
        // Asked again and left unticked after a yes is a withdrawal (GDPR Art. 7(3)).
        state = state === 'GIVEN' && givenSince < event.occurredAt ? 'WITHDRAWN' : 'REFUSED'
        by = no = event
        break
      case 'withdrawn':
        state = 'WITHDRAWN'
        by = no = event
        break
      case 'revoked':
        // The controller may stop relying on a yes; a no of the person, or a finding, is not the controller's to replace.
        if (no === undefined && state !== 'INVALIDATED') {
          state = 'REVOKED'
          by = event
        }
        break
      case 'invalidated':
        state = 'INVALIDATED'
        by = event
        break
    }
  }
  const lasts = state === 'GIVEN'
  return { state, by, no, named: lasts ? named : undefined, renewed: lasts && yesesInARow > 1 }
}
