import { encode } from 'uqr'
import { z } from 'zod'
import { type CardModel, CardView } from '../../../views/privacy-centre/card.tsx'
import {
  type IssueCardParts,
  issueLoyaltyCard,
  type ShowCodeParts,
  type ShownCode,
  showLoyaltyCode,
  spokenCard,
} from '../../features/store-visits/index.ts'
import { meets } from '../../kernel/actor.ts'
import { notFound } from '../../kernel/errors.ts'
import { json, seeOther } from '../../platform/web/answer.ts'
import { defineRoute } from '../../platform/web/define-route.ts'
import type { GuardedRequest, Route } from '../../platform/web/route.ts'
import { evidenceOf, type PrivacyCentreDeps, subjectOf } from './privacy-deps.ts'

export type CardDeps = ShowCodeParts & IssueCardParts

const path = '/privacy/card'
const codePath = `${path}/code`
/** A poster in a shop may name it; one that nobody knows is passed over. */
const query = z.object({
  store: z
    .string()
    .regex(/^[a-z0-9-]{2,64}$/)
    .optional()
    .catch(undefined),
  done: z.enum(['issued']).optional().catch(undefined),
})

/** A module of the code is a square of one; the quiet zone of four is inside (ISO/IEC 18004). */
function drawn(text: string): { readonly size: number; readonly path: string } {
  const { data, size } = encode(text, { ecc: 'M', border: 4 })
  const squares = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : '')))
  return { size, path: squares.join('') }
}

const inStore = (address: string, store: string | undefined): string =>
  store === undefined ? address : `${address}?store=${encodeURIComponent(store)}`

function modelOf({ card, text, store }: ShownCode): CardModel {
  return {
    card: {
      number: spokenCard(card),
      qr: drawn(text),
      codeHref: inStore(codePath, store?.id),
      href: inStore(path, store?.id),
      ...(store === undefined ? {} : { store: store.name }),
    },
  }
}

/** The customer's own card: the code a till reads, made anew each time it is looked at. */
export function cardRoutes(deps: PrivacyCentreDeps): readonly Route[] {
  const { cards } = deps
  if (cards === undefined) return []
  const codeFor = async (
    request: GuardedRequest<unknown, z.infer<typeof query>>,
  ): Promise<ShownCode | undefined> => {
    const session = await deps.currentSession(request.exchange)
    const { store } = request.query
    return showLoyaltyCode(cards, {
      subjectId: subjectOf(request),
      store,
      ...(session !== undefined && meets(session.assurance, 'password')
        ? { signedInAt: session.authenticatedAt }
        : {}),
    })
  }
  return [
    defineRoute({
      name: 'privacy-centre.card',
      method: 'GET',
      path,
      caller: { who: 'subject' },
      query,
      answers: [200],
      handle: async (request) => {
        const shown = await codeFor(request)
        return deps.renderer.show(
          request,
          CardView,
          shown === undefined ? {} : modelOf(shown),
          request.query.done === undefined ? {} : { notice: { kind: 'success', key: 'card.issued' } },
        )
      },
    }),
    defineRoute({
      name: 'privacy-centre.card.code',
      method: 'GET',
      path: codePath,
      caller: { who: 'subject' },
      query,
      answers: [200],
      handle: async (request) => {
        const shown = await codeFor(request)
        if (shown === undefined) throw notFound('loyalty-card-none', 'This person has no loyalty card.')
        const left = shown.goodUntil.getTime() - deps.clock.now().getTime()
        return json({ ...drawn(shown.text), good_for: Math.floor(left / 1000) })
      },
    }),
    defineRoute({
      name: 'privacy-centre.card.ask',
      method: 'POST',
      path,
      caller: { who: 'subject' },
      body: { type: 'form', schema: z.strictObject({}) },
      answers: [303],
      handle: async (request) => {
        await issueLoyaltyCard(cards, {
          subjectId: subjectOf(request),
          actor: request.actor,
          evidence: evidenceOf(request, deps.renderer.languageOf(request)),
        })
        return seeOther(`${path}?done=issued`)
      },
    }),
  ]
}
