import type { Assurance } from '../kernel/actor.ts'
import { gone } from '../kernel/errors.ts'
import { parseId, type SubjectId } from '../kernel/ids.ts'
import { type Asks, asksIn, names, parsed, words } from './asks.ts'
import { toAcr, toAmr } from './assurance.ts'
import { bearerHash } from './bearer-hash.ts'
import type { ClientCache } from './client-cache.ts'
import type { EngineHolder } from './engine.ts'
import { answerInteraction, readInteraction } from './pg-interactions.ts'
import type { Pool } from './pg-pools.ts'
import type { OidcReads } from './pg-reads.ts'
import type { Exchange } from './ports.ts'
import { assuranceAsked } from './prompts/step-up.ts'
import type { RememberedQuestions } from './remembered-question.ts'
import type { Payload } from './request-unit.ts'
import type { RowSeal } from './row-seal.ts'

export type InteractionPrompt = 'login' | 'purposes' | 'consent'

/** What the person allows, and single claims that they leave out of a scope they allow. */
export interface Allows extends Asks {
  readonly refusedClaims?: readonly string[]
}

export interface OpenInteraction {
  readonly uid: string
  readonly prompt: InteractionPrompt
  /** Why, in the engine's words, such as `no_session`, `max_age`, `assurance_too_low`, `login_prompt`. */
  readonly reasons: readonly string[]
  readonly clientId: string
  readonly clientName: string
  readonly firstParty: boolean
  readonly logoUri: string | undefined
  readonly policyUri: string | undefined
  readonly tosUri: string | undefined
  readonly uiLocales: readonly string[]
  readonly loginHint: string | undefined
  /** At least this much must be proven; undefined when anything will do. */
  readonly acrNeeded: Assurance | undefined
  /** Who is signed in here already. On a login prompt: whose proof must be stronger or fresher, or someone else's. */
  readonly subjectId: SubjectId | undefined
  readonly scopes: readonly string[]
  readonly asks: Asks
  readonly expiresAt: Date
}

export interface Login {
  readonly subjectId: SubjectId
  readonly assurance: Assurance
  /** False: the session ends with the browser, as at a shared computer. */
  readonly remember: boolean
}

/**
 * How the sign-in pages talk to the engine. Every call is bound to the browser by the signed interaction cookie (R73);
 * without it, or after its time, the answer is `gone`. Answers give the address to send the browser to, with 303.
 */
export interface Interactions {
  open(exchange: Exchange): Promise<OpenInteraction>
  login(exchange: Exchange, login: Login): Promise<string>
  /** The undecided purposes were answered, or skipped. */
  purposesAnswered(exchange: Exchange): Promise<string>
  /** What the person allows the client. What it asked for and is not named here counts as refused. */
  authorize(exchange: Exchange, allowed: Allows): Promise<string>
  abort(exchange: Exchange, error?: string): Promise<string>
}

export interface InteractionParts {
  readonly engine: EngineHolder
  readonly reads: OidcReads
  readonly pool: Pool
  readonly rowSeal: RowSeal
  readonly clients: ClientCache
  readonly questions: RememberedQuestions
  readonly onRoundTrip: (name: string) => void
}

const expired = () =>
  gone('interaction-expired', 'This sign-in has expired or was started in another browser.')

export function createInteractions(parts: InteractionParts): Interactions {
  const uidOf = ({ req, res }: Exchange): string => {
    const uid = parts.engine.readCookie({ req, res }, 'interaction')
    if (uid === undefined) throw expired()
    return uid
  }

  const read = async (uid: string): Promise<Payload> => {
    const hash = bearerHash(uid)
    const row = await parts.reads.row(readInteraction, [hash])
    const [sealed, sessionUid, sessionSubject] = row ?? []
    if (!(sealed instanceof Uint8Array)) throw expired()
    const payload = parts.rowSeal.open('oidc_interactions', hash.toString('hex'), sealed)
    if (!isRecord(payload)) throw expired()
    const accountId = isRecord(payload['session']) ? payload['session']['accountId'] : undefined
    if (sessionUid !== null && accountId !== undefined && sessionSubject !== accountId) throw expired()
    return payload
  }

  const answer = async (
    exchange: Exchange,
    prompt: InteractionPrompt | null,
    result: Payload,
    subjectId: SubjectId | null = null,
  ): Promise<string> => {
    const uid = uidOf(exchange)
    const hash = bearerHash(uid)
    parts.questions.forget(exchange, uid)
    const taken = await answerInteraction(parts.pool, parts.onRoundTrip, {
      idHash: hash,
      result: parts.rowSeal.seal('oidc_interactions.result', hash.toString('hex'), result),
      subjectId,
      prompt,
    })
    if (!taken) throw expired()
    return parts.engine.provider().urlFor('resume', { uid })
  }

  return {
    async open(exchange) {
      const uid = uidOf(exchange)
      return describe(uid, parts.questions.recall(exchange, uid) ?? (await read(uid)), parts.clients)
    },
    login: (exchange, { subjectId, assurance, remember }) =>
      answer(
        exchange,
        'login',
        { login: { accountId: subjectId, acr: toAcr(assurance), amr: toAmr(assurance), remember } },
        subjectId,
      ),
    purposesAnswered: (exchange) => answer(exchange, 'purposes', { purposes: {} }),
    authorize: (exchange, { scopes, claims, resources, refusedClaims = [] }) =>
      answer(exchange, 'consent', { consent: { scopes, claims, resources, refusedClaims } }),
    abort: (exchange, error = 'access_denied') =>
      answer(exchange, null, { error, error_description: 'the person ended the request' }),
  }
}

function describe(uid: string, payload: Payload, clients: ClientCache): OpenInteraction {
  const params = isRecord(payload['params']) ? payload['params'] : {}
  const prompt = isRecord(payload['prompt']) ? payload['prompt'] : {}
  const session = isRecord(payload['session']) ? payload['session'] : {}
  const clientId = textOf(params['client_id']) ?? ''
  const client = clients.metadata(clientId)
  if (client === undefined) throw expired()
  return {
    uid,
    prompt: promptOf(prompt['name']),
    reasons: names(prompt['reasons']),
    clientId,
    clientName: textOf(client['client_name']) ?? clientId,
    firstParty: client['first_party'] === true,
    logoUri: textOf(client['logo_uri']),
    policyUri: textOf(client['policy_uri']),
    tosUri: textOf(client['tos_uri']),
    uiLocales: words(params['ui_locales']),
    loginHint: textOf(params['login_hint']),
    acrNeeded: assuranceAsked(params, parsed(params['claims'])),
    subjectId: parseId<'subject'>(session['accountId']),
    scopes: words(params['scope']),
    asks: asksIn(prompt, params),
    expiresAt: new Date(Number(payload['exp']) * 1000),
  }
}

function promptOf(name: unknown): InteractionPrompt {
  if (name === 'login' || name === 'purposes' || name === 'consent') return name
  throw new Error('the engine asks for something no page of ours answers')
}

const isRecord = (value: unknown): value is Payload => typeof value === 'object' && value !== null
const textOf = (value: unknown) => (typeof value === 'string' ? value : undefined)
