import type { Actor } from '../../kernel/actor.ts'
import { conflict, invalid } from '../../kernel/errors.ts'
import type { Evidence } from '../../kernel/evidence.ts'
import type { SubjectId } from '../../kernel/ids.ts'
import { secretHash } from '../../platform/crypto/index.ts'
import { codeMinutes, loyaltyCardIndex, redeemCode } from '../identity/index.ts'
import { storeVisitEvent } from './events.ts'
import { type LoyaltyCardNumber, parseLoyaltyCard } from './loyalty-card.ts'
import { codeFingerprint, verifyLoyaltyCode } from './loyalty-code.ts'
import { permittedOffers } from './permitted-offers.ts'
import type { Claimed } from './presentation-store.ts'
import type { Till } from './till.ts'
import { tillCodeTransaction } from './till-code.ts'
import { allowedAt, levelOf, type Shown, type TillLevel } from './till-level.ts'
import { countLookUp, type TillParts } from './till-parts.ts'

/** What the customer put before the till. */
export type ShownAtTill =
  | { readonly card: string }
  | { readonly code: string }
  | { readonly card: string; readonly ref: string; readonly oneTimeCode: string }

export interface SeenAtTill {
  readonly level: TillLevel
  readonly attributes: Readonly<Record<string, unknown>>
  /** Purposes in whose name the till may make this person an offer now. */
  readonly offers: readonly string[]
}

interface LookUp {
  readonly till: Till
  /** The system the till speaks for. */
  readonly system: string
  readonly actor: Actor
  readonly evidence: Evidence
  readonly shown: ShownAtTill
  /** The till's own name for this request: sent again with the same one, it is answered again, anew. */
  readonly requestKey: string
}

interface Read {
  readonly shown: Shown
  readonly card: LoyaltyCardNumber
  /** What a code is remembered by; a card number is shown as often as one likes. */
  readonly fingerprint?: Uint8Array
}

type ByMessage = Extract<ShownAtTill, { readonly oneTimeCode: string }>

/** One answer for whatever is wrong with a code: what exactly, is for the till's own memory and not for who holds it up. */
const codeRefused = () =>
  invalid('loyalty-code-refused', 'This code is not good here and now. Ask for a new one.', [
    { field: '/code', code: 'loyalty-code.refused' },
  ])

function readCard(typed: string): LoyaltyCardNumber {
  const card = parseLoyaltyCard(typed)
  if (card !== undefined) return card
  throw invalid('loyalty-card-invalid', 'A card has 6 to 32 letters and digits.', [
    { field: '/card', code: 'loyalty-card.invalid' },
  ])
}

const ownerOf = (parts: TillParts, card: LoyaltyCardNumber): Promise<SubjectId | undefined> =>
  parts.reads.identifiers.findSubject(loyaltyCardIndex(parts.blindIndex, card))

/**
 * A code that was sent is spent by being right. The very request that spent it is known by what it left behind, as long as
 * the code would have been good. For a card nobody has the same is asked, of nobody.
 */
async function readMessage(parts: TillParts, command: LookUp, shown: ByMessage): Promise<Read> {
  const { till, requestKey } = command
  const card = readCard(shown.card)
  const transaction = tillCodeTransaction(till, shown.ref)
  const fingerprint = secretHash(`${transaction}|${shown.oneTimeCode.replaceAll(/\D/g, '')}`)
  const read = { shown: 'one-time-code', card, fingerprint } as const
  const redemption = await redeemCode(parts, {
    purpose: 'till',
    recipientIndex: loyaltyCardIndex(parts.blindIndex, card),
    transaction,
    typed: shown.oneTimeCode,
    network: till.store,
  })
  if (redemption === 'right') return read
  const answered = await parts.presentations.wasAnswered({
    subjectId: (await ownerOf(parts, card)) ?? parts.entropy.id<'subject'>(),
    fingerprint,
    clientId: till.clientId,
    touchpointId: till.touchpointId,
    requestHash: secretHash(requestKey),
    since: new Date(parts.clock.now().getTime() - codeMinutes * 60_000),
  })
  if (answered) return read
  throw invalid('till-code-wrong', 'This is not the code that was sent, or it is over.', [
    { field: '/one_time_code', code: 'till-code.wrong' },
  ])
}

async function read(parts: TillParts, command: LookUp): Promise<Read> {
  const { till, shown } = command
  if ('code' in shown) {
    const now = parts.clock.now().getTime() / 1000
    const verdict = verifyLoyaltyCode(shown.code, parts.keyring.tillKeys(now, till.store), now)
    if (!verdict.good) throw codeRefused()
    const { code } = verdict
    const fingerprint = codeFingerprint(code)
    return { shown: code.ownPhone ? 'own-phone' : 'rotating-code', card: code.card, fingerprint }
  }
  return 'oneTimeCode' in shown
    ? readMessage(parts, command, shown)
    : { shown: 'card-number', card: readCard(shown.card) }
}

/** Fact, proof and message of a visit, in one unit; for a code, whether it was the first time it was shown. */
async function record(
  parts: TillParts,
  { till, actor, evidence, requestKey }: LookUp,
  { fingerprint }: Read,
  level: TillLevel,
  { subjectId, offers }: { readonly subjectId: SubjectId | undefined; readonly offers: readonly string[] },
): Promise<Claimed> {
  const { clientId, touchpointId, store } = till
  return parts.work(async (tx) => {
    const at = parts.clock.now()
    const claimed =
      fingerprint === undefined || subjectId === undefined
        ? 'first'
        : await tx.presentations.claim({
            subjectId,
            fingerprint,
            clientId,
            touchpointId,
            requestHash: secretHash(requestKey),
            late: false,
            presentedAt: at,
            receivedAt: at,
          })
    const again = claimed === 'same-request'
    const repeated = claimed !== 'first' && !again
    await tx.audit.record({
      action: repeated
        ? 'store-visit.code-repeated'
        : again
          ? 'store-visit.answered-again'
          : 'store-visit.looked-up',
      actor,
      at,
      // A card nobody has is about no person, and of one visit the customer has one line, however often the answer was lost.
      ...(subjectId === undefined || again ? { about: `till:${touchpointId}` } : { subjectId }),
      evidence,
      facts: {
        level,
        store,
        touchpoint: touchpointId,
        known: subjectId !== undefined,
        ...(repeated ? {} : { offers: [...offers] }),
      },
    })
    if (subjectId !== undefined && !again) {
      const payload = { touchpointId, level, late: false, repeated }
      await tx.outbox.add(storeVisitEvent(parts.entropy, 'loyalty-card.presented', subjectId, at, payload))
    }
    return claimed
  })
}

/**
 * What a till learns of whoever stands there: what its level asks for and the one decision permits, now. A card that nobody
 * has, one whose account is closed and one whose owner permits nothing are answered alike, by the same steps. A code is good
 * once in the house; of many tills that read it at one moment, one is answered.
 */
export async function lookUpAtTill(parts: TillParts, command: LookUp): Promise<SeenAtTill> {
  const { till, system } = command
  await countLookUp(parts, till)
  const found = await read(parts, command)
  const level = levelOf(found.shown)
  const byNumber = found.shown === 'card-number'
  // Counted before the look, or tries side by side would slip through, and given back for a card of which something is said.
  if (byNumber) await parts.limiter.consume(till.clientId, 'till-empty-card')
  const owner = await ownerOf(parts, found.card)
  const subjectId = owner !== undefined && (await parts.reads.subjects.mayEnter(owner)) ? owner : undefined
  const asked = subjectId ?? parts.entropy.id<'subject'>()
  const allowed = allowedAt(level)
  const matter = await parts.matter.read(asked, till.clientId)
  const offers = allowed.offers && matter !== undefined ? permittedOffers(parts, matter, system) : []
  const claimed = await record(parts, command, found, level, { subjectId, offers })
  if (claimed !== 'first' && claimed !== 'same-request') {
    throw conflict('loyalty-code-used', 'This code was shown before. Ask for a new one.')
  }
  const attributes =
    matter === undefined
      ? {}
      : await parts.release({
          subjectId: asked,
          clientId: till.clientId,
          exit: 'till',
          scopes: [],
          requestedClaims: allowed.claims,
          touchpoint: till.touchpointId,
          matter,
        })
  if (byNumber && Object.keys(attributes).length > 0) {
    await parts.limiter.giveBack(till.clientId, 'till-empty-card')
  }
  return { level, attributes, offers }
}
