import { parseId } from '../../kernel/ids.ts'
import type { SealedTokens } from '../../platform/crypto/index.ts'
import type { EnrolmentRef } from './enrol-store.ts'

/**
 * The three addresses of an enrolment, none good for another. `hand-off` is shown to everybody near the counter and taken up
 * once; `visit` is in the hand of whoever took it up; `mail` was sent to the address and proves that it is read.
 */
export type EnrolmentLink = 'hand-off' | 'visit' | 'mail'

const minute = 60_000

/** How long each is good for; whoever stands at a counter needs minutes, whoever reads mail at home days. */
export const linkLasts: Readonly<Record<EnrolmentLink, number>> = {
  'hand-off': 15 * minute,
  visit: 30 * minute,
  mail: 72 * 60 * minute,
}

const purposeOf = (link: EnrolmentLink): string => `store enrolment ${link}`

/** Both ids in one short text: the shorter it is, the coarser and quicker to read is its QR code. */
export const sealEnrolmentLink = (
  tokens: Pick<SealedTokens, 'sealToken'>,
  link: EnrolmentLink,
  { subjectId, enrolmentId }: EnrolmentRef,
  from: Date,
): string =>
  tokens.sealToken(purposeOf(link), `${subjectId} ${enrolmentId}`, new Date(from.getTime() + linkLasts[link]))

/** Undefined for anything forged, expired or made for another use: one answer for all of them. */
export function openEnrolmentLink(
  tokens: Pick<SealedTokens, 'openToken'>,
  link: EnrolmentLink,
  text: string,
  now: Date,
): EnrolmentRef | undefined {
  const said = tokens.openToken(purposeOf(link), text, now)
  if (typeof said !== 'string') return undefined
  const [subject, enrolment] = said.split(' ')
  const subjectId = parseId<'subject'>(subject)
  const enrolmentId = parseId<'enrolment'>(enrolment)
  return subjectId === undefined || enrolmentId === undefined ? undefined : { subjectId, enrolmentId }
}
