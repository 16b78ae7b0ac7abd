import { decodeJwt, decodeProtectedHeader } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openCommandHouse } from '../../src/compose.ts'
import { publishedSecret } from '../../src/platform/config/index.ts'
import { codeFor, personCalled, post, type Tokens, userinfo, Visitor } from '../house/visitor.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { placet, urlOf } from './run-placet.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp({ people: true })
})
afterAll(() => app?.close())

/** The command as an operator runs it beside the service, on the same database and keys. */
const run = (args: readonly string[], document?: unknown) =>
  placet([...args, '--json'], {
    env: {
      NODE_ENV: 'test',
      PLACET_ISSUER: app.origin,
      PLACET_KEK: publishedSecret('placet test kek'),
      PLACET_SECRET: publishedSecret('placet test secret'),
      PLACET_BRAND: 'Tienda Norte',
      PLACET_CONTROLLER: 'Comercial Norte, S. L.',
      DATABASE_URL: urlOf(app.database.appConnection),
    },
    openHouse: openCommandHouse,
    ...(document === undefined ? {} : { input: JSON.stringify(document) }),
  })
const listed = async (clientId: string) =>
  (await run(['client', 'list'])).json().find((one: { client_id: string }) => one.client_id === clientId)

const redirectUri = 'https://minima.example/callback'

describe('placet client create', () => {
  test('needs nothing but an address: Bruno signs in at such a client, by every registered default', async () => {
    const created = await run(['client', 'create'], { redirect_uris: [redirectUri] })
    expect(created.code, created.err).toBe(0)
    const client = created.json()
    expect(client).toMatchObject({
      client_secret: expect.stringMatching(/^placet_cs_/),
      client_secret_expires_at: 0,
      client_id_issued_at: expect.any(Number),
      token_endpoint_auth_method: 'client_secret_basic',
      grant_types: ['authorization_code'],
      response_types: ['code'],
      id_token_signed_response_alg: 'RS256',
      purpose_id: 'auth.login',
      first_party: false,
    })
    const party = { clientId: client.client_id, secret: client.client_secret, redirectUri }
    await app.house.oidc.reloadClients()
    const browser = new Visitor(app.origin)
    const { code, verifier } = await codeFor(browser, party, personCalled('bruno'), { scope: 'openid email' })
    const grant = {
      grant_type: 'authorization_code',
      code,
      code_verifier: verifier,
      redirect_uri: redirectUri,
    }
    const tokens = (await (await post(app.origin, '/oidc/token', party, grant)).json()) as Tokens
    expect(decodeProtectedHeader(tokens.id_token ?? '').alg).toBe('RS256')
    expect(decodeJwt(tokens.id_token ?? '')).toMatchObject({ aud: party.clientId, iss: app.origin })
    expect(tokens.refresh_token).toBeUndefined()
    const told = await (await userinfo(app.origin, tokens.access_token)).json()
    expect(told).toMatchObject({ email: personCalled('bruno').email })
  })

  test('answers a document that can be handed in again, here and elsewhere, and so does list', async () => {
    const first = (
      await run(['client', 'create'], {
        client_id: 'libreria',
        client_name: 'Librería',
        'client_name#ca': 'Llibreria',
        redirect_uris: ['https://libreria.example/cb'],
        software_id: 'libros-1',
        first_party: true,
      })
    ).json()
    for (const [clientId, document] of [
      ['libreria-dos', first],
      ['libreria-tres', await listed('libreria')],
    ] as const) {
      const again = await run(['client', 'create'], { ...document, client_id: clientId })
      expect(again.code, again.err).toBe(0)
      const { client_secret: secret, ...rest } = again.json()
      expect(secret).not.toBe(first.client_secret)
      expect({ ...rest, client_id: '', client_id_issued_at: 0 }).toEqual({
        ...(await listed('libreria')),
        client_id: '',
        client_id_issued_at: 0,
      })
    }
    const repeated = await run(['client', 'create'], first)
    expect(repeated.json().error).toMatchObject({ code: 'client-exists' })
    expect(repeated.err).toContain('Choose another client_id')
  })

  test('says on standard error what is recorded only, and that secrets are made here', async () => {
    const { err, code } = await run(['client', 'create'], {
      redirect_uris: [redirectUri],
      client_secret: 'chosen-elsewhere',
      frontchannel_logout_uri: 'https://minima.example/out',
    })
    expect(code).toBe(0)
    expect(err).toContain('Recorded, and not used by this version: frontchannel_logout_uri.')
    expect(err).toContain('Secrets are made here')
  })

  test.each([
    ['a recipient', { recipient_id: 'nadie' }, 'recipient_id', 'correo-norte'],
    ['a purpose', { recipient_id: 'correo-norte', purpose_id: 'nada' }, 'purpose_id', 'marketing.direct'],
    ['a brand', { brand_id: 'ninguna' }, 'brand_id', 'tienda-norte'],
  ])('%s that is not registered is refused in words, with those that are', async (_, more, field, known) => {
    const answer = await run(['client', 'create'], {
      client_id: 'sin-nadie',
      redirect_uris: [redirectUri],
      ...more,
    })
    expect(answer.code).toBe(1)
    const { error } = answer.json()
    expect(error).toMatchObject({ code: 'client-metadata', issues: [{ field, code: 'unknown' }] })
    expect(error.cause).toContain(known)
    expect(error.cause).not.toMatch(/fkey|\(house\)/)
    expect(await listed('sin-nadie')).toBeUndefined()
  })

  test('a client of another company says what it reads for, out of what that company is registered for', async () => {
    const answer = await run(['client', 'create'], {
      redirect_uris: [redirectUri],
      recipient_id: 'correo-norte',
    })
    expect(answer.json().error).toMatchObject({
      issues: [{ field: 'purpose_id', code: 'missing' }],
      cause: expect.stringContaining('write one of: marketing.direct'),
    })
  })

  test.each([
    ['a scope the house does not know', { scope: 'openid zapatos' }, 'scope'],
    ['a text where yes or no is asked', { first_party: 'yes' }, 'first_party'],
    ['a channel that is none of ours', { channel: 'fax' }, 'channel'],
    ['a misspelt name of ours', { recipent_id: 'x' }, 'recipent_id'],
  ])('%s is refused, and nothing is kept', async (_, more, field) => {
    const document = { client_id: 'rechazado', redirect_uris: [redirectUri], ...more }
    const answer = await run(['client', 'create'], document)
    expect(answer.code).toBe(1)
    expect(answer.json().error.issues.map((issue: { field: string }) => issue.field)).toContain(field)
    expect(await listed('rechazado')).toBeUndefined()
  })
})

describe('placet client rotate-secret', () => {
  test('gives the whole document with the new secret; both secrets work until the next rotation', async () => {
    const made = (
      await run(['client', 'create'], {
        client_id: 'almacen',
        grant_types: ['client_credentials'],
        first_party: true,
      })
    ).json()
    const rotated = (await run(['client', 'rotate-secret', 'almacen'])).json()
    expect(rotated).toMatchObject({ client_id: 'almacen', secrets: 2, grant_types: ['client_credentials'] })
    await app.house.oidc.reloadClients()
    for (const secret of [made.client_secret, rotated.client_secret]) {
      const party = { clientId: 'almacen', secret }
      expect(
        (await post(app.origin, '/oidc/token', party, { grant_type: 'client_credentials' })).status,
      ).toBe(200)
    }
  })
})
