import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair } from 'jose'
import Provider, { type JWKS } from 'oidc-provider'
import { describe, expect, it } from 'vitest'
import { createNaiveAdapter } from '../support/naive-adapter.ts'
import { sha256 } from './support/arrange.ts'

/* Shows that the tests of single use can tell the difference: the same engine, on an adapter without conditions. */
describe('an adapter that consumes without asking whether somebody was first', () => {
  it('renews one refresh token many times over, and takes one assertion id more than once', async () => {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { privateKey } = await generateKeyPair('ES256', { extractable: true })
    const issuer = `http://localhost:${(server.address() as AddressInfo).port}`
    const provider = new Provider(issuer, {
      adapter: createNaiveAdapter(),
      clients: [
        {
          client_id: 'naive',
          client_secret: 'naive-secret',
          redirect_uris: ['https://x.example/cb'],
          grant_types: ['authorization_code', 'refresh_token'],
          id_token_signed_response_alg: 'ES256',
        },
      ],
      jwks: { keys: [{ ...(await exportJWK(privateKey)), alg: 'ES256', use: 'sig' }] } as JWKS,
      features: { devInteractions: { enabled: false } },
      ttl: { Grant: 600, RefreshToken: 600, AccessToken: 600, IdToken: 600 },
      findAccount: async (_ctx, sub) => ({ accountId: sub, claims: async () => ({ sub }) }),
      rotateRefreshToken: true,
      cookies: { keys: ['k'] },
    })
    server.on('request', provider.callback())
    const client = await provider.Client.find('naive')
    const grant = new provider.Grant({ accountId: 'ana', clientId: 'naive' })
    grant.addOIDCScope('openid')
    const grantId = await grant.save()
    const token = new provider.RefreshToken({
      client: client!,
      accountId: 'ana',
      grantId,
      scope: 'openid',
    } as never)
    const value = await token.save()

    const responses = await Promise.all(
      Array.from({ length: 20 }, () =>
        fetch(`${issuer}/token`, {
          method: 'POST',
          headers: { authorization: `Basic ${Buffer.from('naive:naive-secret').toString('base64')}` },
          body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: value }),
        }),
      ),
    )
    expect(responses.filter((one) => one.status === 200).length).toBeGreaterThan(1)

    const unique = await Promise.all(
      Array.from({ length: 20 }, () =>
        provider.ReplayDetection.unique('naive', sha256('jti').toString('hex'), Date.now() / 1000 + 60),
      ),
    )
    expect(unique.filter(Boolean).length).toBeGreaterThan(1)
    server.closeAllConnections()
    server.close()
  })
})
