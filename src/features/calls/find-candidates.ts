import type { SubjectId } from '../../kernel/ids.ts'
import {
  emailIndex,
  loyaltyCardIndex,
  parseEmailAddress,
  parsePhoneNumber,
  phoneIndex,
} from '../identity/index.ts'
import { previewClaims } from '../recipients/index.ts'
import type { CallParts } from './call-ports.ts'
import { drawKey } from './call-reference.ts'
import type { Candidate } from './call-store.ts'
import { blockedFor, callerStanding } from './caller-standing.ts'
import { maskValue } from './mask-value.ts'
import type { FoundBy, MaskedCandidate } from './masked-candidate.ts'

/** No card number is shorter. */
const shortestCard = 4

/** Each way in which what was typed can name somebody, exactly; what is no such name is not tried. */
function indexesOf({ blindIndex }: CallParts, typed: string): readonly (readonly [FoundBy, Uint8Array])[] {
  const text = typed.trim()
  const email = parseEmailAddress(text)
  const phone = parsePhoneNumber(text)
  return [
    ...(email === undefined ? [] : [['email', emailIndex(blindIndex, email)] as const]),
    ...(phone === undefined ? [] : [['phone', phoneIndex(blindIndex, phone)] as const]),
    ...(text.length < shortestCard || email !== undefined
      ? []
      : [['loyalty-card', loyaltyCardIndex(blindIndex, text)] as const]),
  ]
}

/** Blind index of the number a call comes from; undefined for a withheld one, and for whatever is no number. */
export function callerIndexOf({ blindIndex }: CallParts, ani: string | undefined): Uint8Array | undefined {
  const number = ani === undefined ? undefined : parsePhoneNumber(ani)
  return number === undefined ? undefined : phoneIndex(blindIndex, number)
}

/**
 * Data that are kept blocked are there for judges and authorities, and for nobody at a desk (LOPDGDD art. 32): who is blocked
 * is found as little as who was erased.
 */
const isFindable = (state: string | undefined): boolean => state === 'active' || state === 'locked'

/** All accounts of whoever has this identifier: several make the match a question, not an answer. */
export async function peopleBy(
  parts: CallParts,
  index: Uint8Array,
  foundBy: FoundBy,
): Promise<readonly Candidate[]> {
  const subjectId = await parts.reads.identifiers.findSubject(index)
  if (subjectId === undefined) return []
  const accounts = await parts.accountsOf(subjectId)
  const present = await Promise.all(
    accounts.map(async (account) => ({ account, subject: await parts.reads.subjects.find(account) })),
  )
  return present
    .filter(({ subject }) => isFindable(subject?.state))
    .map(({ account }) => ({ key: drawKey(parts.entropy), subjectId: account, foundBy }))
}

export async function peopleNamed(parts: CallParts, typed: string): Promise<readonly Candidate[]> {
  const found: Candidate[] = []
  for (const [foundBy, index] of indexesOf(parts, typed)) {
    for (const one of await peopleBy(parts, index, foundBy)) {
      if (!found.some(({ subjectId }) => subjectId === one.subjectId)) found.push(one)
    }
  }
  return found
}

/** What the house may use of them to serve them, masked: the same decision as for any field. */
async function maskedValues(
  parts: CallParts,
  subjectId: SubjectId,
  claims: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const previewed = await previewClaims(parts.preview, {
    subjectId,
    clientId: parts.deskClient,
    scopes: [],
    requestedClaims: claims,
  })
  return new Map(
    previewed
      .filter(({ permitted, value }) => permitted && value !== undefined)
      .map(({ attribute, value }) => [attribute, maskValue(attribute, value)]),
  )
}

const nameClaims = ['given_name', 'family_name']
const nameIn = (values: ReadonlyMap<string, string>): string =>
  [...values]
    .filter(([attribute]) => attribute !== 'email' && attribute !== 'phone')
    .map(([, value]) => value)
    .join(' ')

export const maskedName = async (parts: CallParts, subjectId: SubjectId): Promise<string> =>
  nameIn(await maskedValues(parts, subjectId, nameClaims))

/**
 * As much of each as helps to ask "is that you?". Where a state of theirs closes the fields there are no contacts either:
 * neither of a locked account, nor of restricted data (GDPR Art. 18). Of whoever has become unfindable since, nothing.
 */
export async function masked(
  parts: CallParts,
  candidates: readonly Candidate[],
): Promise<readonly MaskedCandidate[]> {
  const now = parts.clock.now()
  const shown = await Promise.all(
    candidates.map(async ({ key, subjectId, foundBy }): Promise<readonly MaskedCandidate[]> => {
      const [subject, known] = await Promise.all([
        parts.reads.subjects.find(subjectId),
        parts.facts.find(subjectId),
      ])
      if (!isFindable(subject?.state)) return []
      const standing = callerStanding(subject?.state, known, parts.house, parts.registry.current(), now)
      const contacts = blockedFor(standing).includes('fields') ? [] : ['email', 'phone_number']
      const values = await maskedValues(parts, subjectId, [...nameClaims, ...contacts])
      const [email, phone] = [values.get('email'), values.get('phone')]
      return [
        {
          key,
          name: nameIn(values),
          foundBy,
          ...(email === undefined ? {} : { email }),
          ...(phone === undefined ? {} : { phone }),
        },
      ]
    }),
  )
  return shown.flat()
}
