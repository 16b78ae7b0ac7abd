import { z } from 'zod'
import {
  codeMinutes,
  issueCode,
  loyaltyCardIndex,
  recordFailedSignIn,
  redeemCode,
  signInWithCode,
} from '../../features/identity/index.ts'
import { invalid, PlacetError } from '../../kernel/errors.ts'
import type { Evidence } from '../../kernel/evidence.ts'
import type { ProvenTerminal } from '../../oidc/index.ts'
import { json } from '../../platform/web/answer.ts'
import { defineRoute } from '../../platform/web/define-route.ts'
import type { Route } from '../../platform/web/route.ts'
import type { KioskDeps } from './kiosk-deps.ts'
import { kioskChoicesPath } from './paths.ts'
import { clientIdShape, evidenceAt, terminalSigningIn } from './terminal-behind.ts'
import { visitCookieName } from './visit-cookie.ts'

const path = '/kiosk/card'
const card = z.string().max(64)
const transactionShape = z.string().regex(/^[A-Za-z0-9_-]{43}$/)

/** A code counts at the terminal that asked for it, with the key it had then. */
const bound = (terminal: ProvenTerminal, transaction: string) => `${terminal.keyThumbprint}.${transaction}`

const wrongCode = () => invalid('kiosk-code-wrong', 'This code opens no visit. Ask for a new one.')

/**
 * Asks for a code to the owner of a card. The same work for every card and the same answer: whose it is, and whether it is
 * anybody's, is looked up after the answer has gone (R40, R63).
 */
async function sendCode(deps: KioskDeps, terminal: ProvenTerminal, typed: string, language: 'es' | 'en') {
  const { blindIndex, later, letter } = deps.card
  const { clientId, touchpointId } = terminal
  const recipientIndex = loyaltyCardIndex(blindIndex, typed)
  // The terminal first, so that one gone wild uses up neither its store's nor the card's.
  await deps.limiter.consume(clientId, 'kiosk-code-terminal')
  await deps.limiter.consume(deps.storeOf(touchpointId) ?? touchpointId, 'kiosk-code-store')
  await deps.limiter.consume(Buffer.from(recipientIndex).toString('hex'), 'kiosk-code-card')
  const transaction = Buffer.from(deps.card.entropy.bytes(32)).toString('base64url')
  const { code } = await issueCode(deps.card, {
    purpose: 'kiosk',
    recipientIndex,
    transaction: bound(terminal, transaction),
    network: clientId,
  })
  later(async () => {
    const subjectId = await deps.card.reads.identifiers.findSubject(recipientIndex)
    const place = deps.placeOf(touchpointId)
    if (subjectId === undefined || place === undefined) return
    await letter.send(subjectId, { code, place, language })
  })
  return transaction
}

interface Try {
  readonly card: string
  readonly transaction: string
  readonly code: string
}

/** Whoever reads out the code that the owner of the card was sent: as sure as a code, and never surer. */
async function redeem(deps: KioskDeps, terminal: ProvenTerminal, tried: Try, evidence: Evidence) {
  const { card: parts } = deps
  const recipientIndex = loyaltyCardIndex(parts.blindIndex, tried.card)
  const redemption = await redeemCode(parts, {
    purpose: 'kiosk',
    recipientIndex,
    transaction: bound(terminal, tried.transaction),
    typed: tried.code,
    network: terminal.clientId,
  })
  const subjectId = await parts.reads.identifiers.findSubject(recipientIndex)
  if (redemption !== 'right' || subjectId === undefined) {
    if (subjectId !== undefined) parts.later(() => recordFailedSignIn(parts, { subjectId, evidence }))
    throw wrongCode()
  }
  return signInWithCode(parts, { subjectId, evidence }).catch((error: unknown) => {
    // Locked meanwhile, which the screen is not told either.
    throw error instanceof PlacetError && error.failure === 'refused' ? wrongCode() : error
  })
}

/**
 * Without a smartphone: the number of a loyalty card, and a code that goes to what the card's owner has proven to be theirs,
 * never to anything typed here (docs/adr/0032). Nothing on the screen tells whether there is an owner, or how they are
 * reached. What the code opens is a visit like any other, on a grant of its own.
 */
export const useCardRoutes = (deps: KioskDeps): readonly Route[] => [
  defineRoute({
    name: 'kiosk.card-code',
    method: 'POST',
    path: `${path}/code`,
    caller: { who: 'anyone' },
    body: { type: 'json', schema: z.strictObject({ client_id: clientIdShape, card }) },
    answers: [200],
    handle: async (request) => {
      const terminal = await terminalSigningIn(deps, request, request.body.client_id, `${path}/code`)
      const language = deps.renderer.languageOf(request)
      const transaction = await sendCode(deps, terminal, request.body.card, language)
      return json({ transaction, minutes: codeMinutes })
    },
  }),
  defineRoute({
    name: 'kiosk.card',
    method: 'POST',
    path,
    caller: { who: 'anyone' },
    body: {
      type: 'json',
      schema: z.strictObject({
        client_id: clientIdShape,
        card,
        transaction: transactionShape,
        code: z.string().max(40),
      }),
    },
    answers: [201],
    handle: async (request) => {
      const terminal = await terminalSigningIn(deps, request, request.body.client_id, path)
      const evidence = evidenceAt(request, terminal)
      const admitted = await redeem(deps, terminal, request.body, evidence)
      const secret = await deps.visits.openProven(terminal, admitted, evidence)
      return {
        kind: 'json',
        status: 201,
        body: { next: kioskChoicesPath },
        cookies: [{ name: visitCookieName(deps.https), value: secret }],
      }
    },
  }),
]
