import { createHash, randomBytes } from 'node:crypto'
import { people } from '../../../demo/seed/people.ts'
import { commandHouse } from '../../../src/compose/command-house.ts'
import { redecideParts } from '../../../src/compose/redecide.ts'
import { redecidePermissions } from '../../../src/features/consent/index.ts'
import { openLane } from '../../../src/platform/db/lanes.ts'
import { startTestApp } from '../../support/app.ts'
import { subjectCookie } from '../matrix-visitor.ts'

export const everyScope =
  'purposes:read notices:read permissions:read decisions:read consents:write objections:write suppressions:write purchases:write contracts:write residences:write privacy-requests:write calls:read calls:write receipts:read'

/** Whatever came back: the tests say what they expect of it. */
type Parsed = ReturnType<typeof JSON.parse>

interface Said {
  readonly status: number
  readonly headers: Headers
  readonly body: Parsed
}

/** Tienda Norte with its people, asked by systems: a mailing system, another controller, and the shop itself. */
export async function startApiHouse() {
  const app = await startTestApp({ people: true })
  const owner = openLane(app.database.connection, 'api-test', 2)
  const commands = commandHouse(app.house)

  const machine = async (document: Record<string, unknown>) => {
    const made = await commands.clients.create({
      client_name: 'Machine',
      grant_types: ['client_credentials'],
      response_types: [],
      redirect_uris: [],
      token_endpoint_auth_method: 'client_secret_basic',
      ...document,
    })
    await app.house.oidc.reloadClients()
    return { id: String(made['client_id']), secret: String(made['client_secret']) }
  }
  const token = async (client: { readonly id: string; readonly secret: string }, scope = everyScope) => {
    const answer = await fetch(`${app.origin}/oidc/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${client.id}:${client.secret}`).toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'client_credentials', scope }),
    })
    const { access_token: value } = (await answer.json()) as { access_token?: string }
    if (value === undefined) throw new Error(`no token: ${answer.status}`)
    return value
  }
  const ask = async (
    bearer: string | undefined,
    method: string,
    path: string,
    body?: unknown,
    key: string | undefined = randomBytes(12).toString('hex'),
  ): Promise<Said> => {
    const answer = await fetch(`${app.origin}${path}`, {
      method,
      headers: {
        accept: 'application/json',
        ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
        ...(method === 'GET' ? {} : { 'content-type': 'application/json' }),
        ...(method === 'GET' || key === '' ? {} : { 'idempotency-key': key }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    return { status: answer.status, headers: answer.headers, body: text === '' ? {} : JSON.parse(text) }
  }
  const personOf = (key: string) => {
    const person = people.find((one) => one.key === key)
    if (person === undefined) throw new Error(`there is no ${key}`)
    return person
  }
  /** Ana's own access token for a client of ours, by the code flow she would go through in the shop. */
  const personToken = async (key: string, clientId: string, redirectUri: string) => {
    const { email, password } = personOf(key)
    const { cookie = '' } = await subjectCookie(app.origin, email, password)
    const verifier = randomBytes(32).toString('base64url')
    const query = new URLSearchParams({
      client_id: clientId,
      redirect_uri: redirectUri,
      response_type: 'code',
      scope: 'openid',
      state: 'x',
      nonce: 'n',
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
    })
    let location = `${app.origin}/oidc/auth?${query}`
    for (let hop = 0; hop < 6 && !location.startsWith(redirectUri); hop += 1) {
      const answer = await fetch(location, { redirect: 'manual', headers: { cookie } })
      const to = answer.headers.get('location')
      if (to === null) throw new Error(`the sign-in stopped at ${location}: ${answer.status}`)
      location = new URL(to, location).href
    }
    const code = new URL(location).searchParams.get('code') ?? ''
    const answer = await fetch(`${app.origin}/oidc/token`, {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(`${clientId}:${app.clientSecret(clientId)}`).toString('base64')}`,
      },
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        code,
        redirect_uri: redirectUri,
        code_verifier: verifier,
      }),
    })
    const { access_token: value } = (await answer.json()) as { access_token?: string }
    if (value === undefined) throw new Error(`no token for ${key}: ${answer.status}`)
    return value
  }
  const subjectIdOf = async (key: string) => {
    const { email } = personOf(key)
    const index = Buffer.from(app.house.platform.blindIndex.of('email', email))
    const row = await owner('identifier_lookups').where({ blind_index: index }).first()
    return String(row?.subject_id)
  }
  const sweep = async () => {
    for (let round = 0; round < 20; round += 1) {
      if ((await redecidePermissions(redecideParts(app.house))).done) return
    }
  }
  return {
    app,
    owner,
    machine,
    token,
    ask,
    personToken,
    subjectIdOf,
    sweep,
    close: async () => {
      await owner.destroy()
      await app.close()
    },
  }
}

export type ApiHouse = Awaited<ReturnType<typeof startApiHouse>>
