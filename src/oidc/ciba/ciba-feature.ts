import { type Client, errors, type KoaContextWithOIDC } from 'oidc-provider'
import { type Entropy, isId, type SubjectId } from '../../kernel/ids.ts'
import type { ClientCache } from '../client-cache.ts'
import { touchpointIdOf } from '../touchpoint-of-client.ts'
import { mayAskByCall } from './ciba-clients.ts'
import type { CibaDeps } from './ciba-deps.ts'
import { cibaTimes } from './ciba-times.ts'
import { type HintedPeople, nobodyAtAll } from './hinted-people.ts'
import { bindingMessage } from './keep-call.ts'

export interface FeatureParts {
  readonly ciba: CibaDeps
  readonly clients: Pick<ClientCache, 'find'>
  readonly entropy: Entropy
  readonly hinted: HintedPeople
}

/** CIBA 7.1 asks for 128 bits; 22 letters of base64url are the fewest that can hold them (R54). */
const shortestToken = 22
const longestHint = 254

/** What the engine asks about a backchannel authentication request, in its order. */
export const cibaFeature = (parts: FeatureParts) => ({
  enabled: true,
  deliveryModes: ['poll', 'ping'] as const,
  validateRequestContext: async (_ctx: KoaContextWithOIDC, context: string | undefined) => {
    if (context !== undefined) throw new errors.InvalidRequest('request_context is not used here')
  },
  validateBindingMessage: async (ctx: KoaContextWithOIDC, given: string | undefined) => {
    if (given === undefined || !bindingMessage.test(given)) {
      throw new errors.InvalidBindingMessage(
        'binding_message is needed: 1 to 20 letters of A-Z, a-z, 0-9 and -._+/!?#, shown to agent and customer',
      )
    }
    const token = ctx.oidc.params?.['client_notification_token']
    if (typeof token === 'string' && token.length < shortestToken) {
      throw new errors.InvalidRequest('client_notification_token is too short; use at least 128 random bits')
    }
  },
  // The same work whoever it is about, and the same answer: see find-account.ts and start-call.ts (R50).
  processLoginHint: async (ctx: KoaContextWithOIDC, hint: string | undefined): Promise<string> => {
    const subjectId =
      hint === undefined || hint.length > longestHint ? undefined : await parts.ciba.findPerson(hint)
    const about: SubjectId = subjectId ?? nobodyAtAll(parts.entropy)
    parts.hinted.set(ctx, { subjectId: about, known: subjectId !== undefined })
    return about
  },
  processLoginHintToken: async () => {
    throw new errors.InvalidRequest('login_hint_token is not used here; send login_hint')
  },
  verifyUserCode: async (_ctx: KoaContextWithOIDC, _account: unknown, code: string | undefined) => {
    if (code !== undefined) throw new errors.InvalidRequest('user_code is not used here')
  },
  // The message leaves after the answer; see start-call.ts.
  triggerAuthenticationDevice: async () => {},
})

/** Who asks. Looked at before the person is, so that only a known agent's requests touch what is known of people. */
export const checkActingAgent =
  (parts: Pick<FeatureParts, 'ciba' | 'clients'>) =>
  async (ctx: KoaContextWithOIDC, agent: string | undefined, client: Client): Promise<void> => {
    if (ctx.oidc.route !== 'backchannel_authentication') return
    if (!mayAskByCall(parts.clients.find(client.clientId))) {
      throw new errors.UnauthorizedClient('this client may not ask by way of an agent')
    }
    if (ctx.oidc.params?.['id_token_hint'] !== undefined || ctx.oidc.params?.['resource'] !== undefined) {
      throw new errors.InvalidRequest('id_token_hint and resource are not used here; send login_hint')
    }
    if (agent === undefined || !isId(agent)) {
      throw new errors.InvalidRequest('acting_agent is needed: the staff id of whoever asks')
    }
    const found = await parts.ciba.findAgent(agent, touchpointIdOf(parts.clients, client.clientId))
    if (found === undefined) {
      throw new errors.InvalidRequest('acting_agent names nobody who may verify callers here')
    }
  }

/** How long a request lives: what the client asks for, and never longer than R53 allows. */
export const requestLifetime = (ctx: KoaContextWithOIDC | undefined): number => {
  const asked = Number(ctx?.oidc.params?.['requested_expiry'])
  return Number.isSafeInteger(asked) && asked > 0 ? Math.min(asked, cibaTimes.request) : cibaTimes.request
}
