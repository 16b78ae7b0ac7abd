import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider, { type Configuration, errors } from 'oidc-provider'
import type { Target } from '../target.ts'
import { memoryAdapter } from './memory-adapter.ts'

const opaqueService = 'https://opaque.bench.example'
const jwtService = 'https://jwt.bench.example'
const machine = { id: 'bench-machine', secret: randomBytes(32).toString('base64url') }
const web = {
  id: 'bench-web',
  secret: randomBytes(32).toString('base64url'),
  redirectUri: 'http://127.0.0.1:9/callback',
  scope: 'openid profile email',
}

const claimsOf = (email: string) => ({ email, given_name: 'Ana', family_name: 'Ibarra' })

/** The same protocol as the house speaks (PKCE, rotation, ES256, services with opaque and JWT tokens) and nothing else. */
function configuration(origin: string): Configuration {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const key = { ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'ES256', kid: 'floor' }
  return {
    adapter: memoryAdapter(),
    jwks: { keys: [key] as NonNullable<Configuration['jwks']>['keys'] },
    cookies: { keys: [randomBytes(32).toString('base64url')] },
    responseTypes: ['code'],
    scopes: ['openid', 'offline_access', 'profile', 'email'],
    claims: { openid: ['sub'], profile: ['given_name', 'family_name'], email: ['email'] },
    pkce: { required: () => true },
    clientDefaults: { id_token_signed_response_alg: 'ES256' },
    clients: [
      {
        client_id: machine.id,
        client_secret: machine.secret,
        grant_types: ['client_credentials'],
        redirect_uris: [],
        response_types: [],
      },
      {
        client_id: web.id,
        client_secret: web.secret,
        grant_types: ['authorization_code', 'refresh_token'],
        redirect_uris: [web.redirectUri],
        response_types: ['code'],
      },
    ],
    findAccount: (_ctx, sub) => ({ accountId: sub, claims: () => ({ sub, ...claimsOf(sub) }) }),
    interactions: { url: (_ctx, { uid }) => `${origin}/interaction/${uid}` },
    issueRefreshToken: () => true,
    rotateRefreshToken: () => true,
    async loadExistingGrant(ctx) {
      const { client, session, provider } = ctx.oidc
      if (client === undefined || session?.accountId === undefined) return undefined
      const known = session.grantIdFor(client.clientId)
      if (known !== undefined) return provider.Grant.find(known)
      const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId })
      grant.addOIDCScope(web.scope)
      await grant.save()
      return grant
    },
    ttl: {
      AccessToken: 600,
      AuthorizationCode: 60,
      ClientCredentials: 600,
      Grant: 86_400,
      IdToken: 600,
      Interaction: 1_800,
      RefreshToken: 86_400,
      Session: 86_400,
    },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      introspection: {
        enabled: true,
        allowedPolicy: (_ctx, client, token) => token.clientId === client.clientId,
      },
      revocation: {
        enabled: true,
        allowedPolicy: (_ctx, client, token) => token.clientId === client.clientId,
      },
      userinfo: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: (ctx, _client, oneOf) =>
          oneOf ?? (ctx.oidc.params?.['grant_type'] === 'client_credentials' ? opaqueService : []),
        getResourceServerInfo(_ctx, indicator) {
          if (indicator !== opaqueService && indicator !== jwtService) throw new errors.InvalidTarget()
          return {
            scope: '',
            audience: indicator,
            accessTokenFormat: indicator === jwtService ? 'jwt' : 'opaque',
            jwt: { sign: { alg: 'ES256' } },
          }
        },
        useGrantedResource: () => false,
      },
    },
  }
}

async function readForm(req: IncomingMessage): Promise<URLSearchParams> {
  let text = ''
  for await (const part of req) text += String(part)
  return new URLSearchParams(text)
}

const page = `<!doctype html><form method="post"><input name="email"><input name="password" type="password"><button>Go</button></form>`

/** Signs in whoever comes: the floor knows the protocol, not the people. */
async function interact(provider: Provider, req: IncomingMessage, res: ServerResponse): Promise<void> {
  if (req.method === 'POST') {
    const accountId = (await readForm(req)).get('email') ?? ''
    await provider.interactionFinished(req, res, { login: { accountId } })
    return
  }
  await provider.interactionDetails(req, res)
  res.writeHead(200, { 'content-type': 'text/html' }).end(page)
}

export async function startBareProvider(): Promise<{
  target(people: number, hello: string): Target
  close(): void
}> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const provider = new Provider(issuer, configuration(issuer))
  const answer = provider.callback()
  server.on('request', (req, res) => {
    if (!req.url?.startsWith('/interaction/')) return void answer(req, res)
    interact(provider, req, res).catch(() => res.writeHead(500).end())
  })
  return {
    target: (people, hello) => ({
      issuer,
      hello,
      machine: { ...machine, scope: undefined, opaqueResource: opaqueService, jwtResource: jwtService },
      web,
      people: Array.from({ length: people }, (_, number) => ({
        email: `person-${number}@bench.example`,
        password: 'any',
      })),
      expectedClaim: 'email',
    }),
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}
