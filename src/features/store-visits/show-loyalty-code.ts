import type { Clock } from '../../kernel/clock.ts'
import type { SubjectId } from '../../kernel/ids.ts'
import type { SubjectSealer } from '../../platform/crypto/index.ts'
import type { IdentityReads } from '../identity/index.ts'
import type { Touchpoints } from '../touchpoints/index.ts'
import type { LoyaltyCardNumber } from './loyalty-card.ts'
import { cardOf } from './loyalty-card-of.ts'
import { codeSeconds, makeLoyaltyCode } from './loyalty-code.ts'
import type { LoyaltyKeyring } from './loyalty-keyring.ts'
import { storeOf } from './till.ts'

export interface ShowCodeParts {
  readonly reads: Pick<IdentityReads, 'identifiers' | 'subjects'>
  readonly sealer: SubjectSealer
  readonly keyring: LoyaltyKeyring
  readonly touchpoints: Pick<Touchpoints, 'path'>
  readonly clock: Clock
}

/** A code of this second, for the screen of whoever owns the card. */
export interface ShownCode {
  readonly text: string
  readonly card: LoyaltyCardNumber
  readonly madeAt: Date
  readonly goodUntil: Date
  /** The one store it is good in; undefined for any of the house. */
  readonly store: { readonly id: string; readonly name: string } | undefined
}

/** So fresh must a sign-in be for a till to be told that it happened there and then. */
const freshMs = 5 * 60_000

/**
 * Makes the code that a person shows now; undefined for who has no card, or may not enter any more. Said where they stand,
 * it is good in that store alone. `signedInAt`: when they last proved who they are, with more than a code by mail.
 */
export async function showLoyaltyCode(
  { reads, sealer, keyring, touchpoints, clock }: ShowCodeParts,
  question: {
    readonly subjectId: SubjectId
    readonly store?: string | undefined
    readonly signedInAt?: Date | undefined
  },
): Promise<ShownCode | undefined> {
  const { subjectId, signedInAt } = question
  const [card, mayEnter] = await Promise.all([
    cardOf({ reads, sealer }, subjectId),
    reads.subjects.mayEnter(subjectId),
  ])
  if (card === undefined || !mayEnter) return undefined
  const now = clock.now()
  const madeAt = Math.floor(now.getTime() / 1000)
  const store = question.store === undefined ? undefined : storeOf(touchpoints, question.store)
  const ownPhone = signedInAt !== undefined && now.getTime() - signedInAt.getTime() < freshMs
  return {
    text: makeLoyaltyCode(keyring.signing(madeAt, store?.id), { card, madeAt, ownPhone }),
    card,
    madeAt: new Date(madeAt * 1000),
    goodUntil: new Date((madeAt + codeSeconds) * 1000),
    store: store === undefined ? undefined : { id: store.id, name: store.name },
  }
}
