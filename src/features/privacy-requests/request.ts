import type { Actor, Assurance } from '../../kernel/actor.ts'
import type { Channel } from '../../kernel/evidence.ts'
import { hashedId } from '../../kernel/hashed-id.ts'
import type { Entropy, Id, SubjectId } from '../../kernel/ids.ts'

export type RequestId = Id<'privacy-request'>

/** What a person may ask for: GDPR Art. 15, 16, 17, 18, 20, 21 and 22(3), in this order. */
export const requestRights = [
  'access',
  'rectification',
  'erasure',
  'restriction',
  'portability',
  'objection',
  'automated-decision',
] as const
export type RequestRight = (typeof requestRights)[number]

/** `withdrawn`: the person took it back, or said that it never was theirs; nothing is owed any more. */
export type RequestState = 'open' | 'withdrawn'

/**
 * How surely the person was known who asked. It keeps nobody from asking (GDPR Art. 12(2)); who answers sees whether more
 * is needed before anything is handed over (Art. 12(6)).
 */
export const identityLevels = ['none', 'contact-point', 'signed-in', 'signed-in-strongly'] as const
export type IdentityLevel = (typeof identityLevels)[number]

/** How it was said that the request came: by the person, by somebody who works here, or by a system that takes them in. */
export type OpenedBy = 'subject' | 'staff' | 'client'

export type EndedBy = 'subject' | 'not-mine'

/** What anybody may be told of a request who may know that it exists. */
export interface PrivacyRequest {
  readonly id: RequestId
  /** Said on the telephone and written in messages, such as `SOL-7K4F-2M`; the same person has no two alike. */
  readonly reference: string
  readonly right: RequestRight
  readonly receivedAt: Date
  /** The last day for the answer, as an ISO date where the controller sits. */
  readonly due: string
  readonly state: RequestState
}

const levelOf: Readonly<Record<Assurance, IdentityLevel>> = {
  none: 'none',
  code: 'contact-point',
  password: 'signed-in',
  passkey: 'signed-in-strongly',
}

/** Of somebody who asks for themselves it is how they came in; for everybody else, what whoever acts for them found out. */
export const identityOf = (actor: Actor, proven: IdentityLevel | undefined): IdentityLevel =>
  actor.kind === 'subject' ? levelOf[actor.assurance] : (proven ?? 'none')

export const openedByOf = ({ kind }: Actor): OpenedBy | undefined =>
  kind === 'subject' || kind === 'staff' || kind === 'client' ? kind : undefined

/** One key is one request. */
export const requestIdOf = (subjectId: SubjectId, idempotencyKey: string): RequestId =>
  hashedId(['privacy-request', subjectId, idempotencyKey])

/** Without 0, 1, I and O, which are taken for one another when read aloud or written down. */
const letters = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'

/** One of 2^30, so that what two people hold is hardly ever alike, and six letters are soon said. */
export function drawReference({ bytes }: Pick<Entropy, 'bytes'>): string {
  const said = [...bytes(6)].map((byte) => letters[byte & 31] ?? '').join('')
  return `SOL-${said.slice(0, 4)}-${said.slice(4)}`
}

/** The cell in which the person's own words are sealed. */
export const wordsPlace = (requestId: RequestId) => ({
  table: 'privacy_requests',
  column: 'sealed_words',
  row: requestId,
})

/** Where and by whom it was taken in. */
export interface Intake {
  readonly channel: Channel
  readonly openedBy: OpenedBy
  /** As `actorRef` names them. */
  readonly actor: string
  readonly touchpoint: string | undefined
  /** Reference of the call in which it was asked for. */
  readonly call: string | undefined
}
