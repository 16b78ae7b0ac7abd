import type Provider from 'oidc-provider'
import type { KoaContextWithOIDC } from 'oidc-provider'
import type { Clock } from '../kernel/clock.ts'
import type { SealedTokens } from '../platform/crypto/index.ts'
import { readCookie, serializeCookie } from '../platform/web/cookies.ts'
import type { Exchange } from './ports.ts'
import type { Payload } from './request-unit.ts'
import { interactionPath } from './routes.ts'

/** Browsers drop cookies over 4096 bytes, name and attributes included. */
const longestValue = 3500

/** What is made of a question's parameters; see `describe` in interactions.ts. */
const askedIn = ['client_id', 'scope', 'claims', 'acr_values', 'ui_locales', 'login_hint'] as const

/**
 * What the pages of a sign-in need to know of its interaction, carried by the browser in a sealed cookie from the moment
 * the engine asks, so that none of them reads the row. Only while nobody is signed in: such a question never changes, since
 * the engine makes a new interaction for its next one, and all it may say of anybody is the hint its client gave, which is sealed like the rest. Where somebody is signed in the
 * row is read each time, because their session may have ended. It proves nothing (ADR 6): whether the interaction is still
 * open, and which browser it belongs to, is for the row and for the engine's signed cookie to say (R72, R73).
 */
export interface RememberedQuestions {
  /** From now on the browser is given what this engine asks. */
  hear(provider: Provider): void
  /** As much of the interaction's payload as was remembered; undefined when the row has to be read. */
  recall(exchange: Exchange, uid: string): Payload | undefined
  /** Once answered, the pages find out from the row what became of it. */
  forget(exchange: Exchange, uid: string): void
}

export function rememberedQuestions(parts: {
  readonly sealedTokens: SealedTokens
  readonly clock: Clock
  readonly https: boolean
}): RememberedQuestions {
  const { sealedTokens, clock, https } = parts
  const name = https ? '__Secure-placet_question' : 'placet_question'
  const cookie = (uid: string, value?: string, maxAgeSeconds = 0) =>
    serializeCookie({ name, path: interactionPath(uid), value, maxAgeSeconds }, https)

  const remember = (ctx: KoaContextWithOIDC) => {
    const { Interaction: asked } = ctx.oidc.entities
    if (asked === undefined || asked.prompt.name !== 'login' || asked.session !== undefined) return
    const { uid, prompt, exp } = asked
    const params = Object.fromEntries(askedIn.map((one) => [one, asked.params[one]]))
    const question = { uid, params, prompt: { name: prompt.name, reasons: prompt.reasons }, exp }
    const end = new Date(exp * 1000)
    const value = sealedTokens.sealToken('interaction-question', question, end)
    // A client may ask for hundreds of claims. Then every page reads the row.
    if (value.length > longestValue) return
    const seconds = Math.floor((end.getTime() - clock.now().getTime()) / 1000)
    if (seconds > 0) ctx.append('Set-Cookie', cookie(uid, value, seconds))
  }

  return {
    hear: (provider) => void provider.on('interaction.started', remember),
    recall: ({ req }, uid) => {
      const value = readCookie(req.headers.cookie, name)
      const opened =
        value === undefined ? undefined : sealedTokens.openToken('interaction-question', value, clock.now())
      return isOf(uid, opened) ? opened : undefined
    },
    forget: ({ req, res }, uid) => {
      if (readCookie(req.headers.cookie, name) !== undefined) res.appendHeader('Set-Cookie', cookie(uid))
    },
  }
}

/** Sealed by us, so it has our shape; that it belongs to this interaction is what is left to see. */
const isOf = (uid: string, opened: unknown): opened is Payload =>
  typeof opened === 'object' && opened !== null && 'uid' in opened && opened.uid === uid
