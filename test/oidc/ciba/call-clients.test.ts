import { randomBytes } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import * as client from 'openid-client'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { parseClientMetadata } from '../../../src/oidc/index.ts'
import { createEgress } from '../../../src/platform/egress/index.ts'
import { arrangeClient, secretOf } from '../support/arrange.ts'
import { type CallCentre, cibaGrant, openCallCentre } from '../support/call-centre.ts'
import { makeKey } from '../support/keys.ts'

/* A certified client library against the front door, by polling and by being told (CIBA 10). */
let centre: CallCentre
let receiver: Server
let answerWith = 204
const heard: { authorization: string | undefined; body: unknown }[] = []

beforeAll(async () => {
  receiver = createServer((req, res) => {
    let body = ''
    req.on('data', (chunk) => {
      body += String(chunk)
    })
    req.on('end', () => {
      heard.push({ authorization: req.headers.authorization, body: JSON.parse(body) })
      if (answerWith === 302) res.setHeader('location', '/elsewhere')
      res.statusCode = answerWith
      res.end()
    })
  })
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
  const { port } = receiver.address() as AddressInfo
  // A name that resolves to nobody stands for the client's own machine.
  centre = await openCallCentre({
    fetch: (url, init) => fetch(url.replace('https://centre.example', `http://127.0.0.1:${port}`), init),
  })
  await arrangeClient(centre.db, {
    clientId: 'told-centre',
    metadata: {
      redirect_uris: [],
      grant_types: [cibaGrant],
      scope: 'openid profile',
      backchannel_token_delivery_mode: 'ping',
      backchannel_client_notification_endpoint: 'https://centre.example/told',
    },
  })
  await centre.house.oidc.reloadClients()
})
afterAll(async () => {
  await centre?.close()
  await new Promise((resolve) => receiver?.close(resolve))
})
beforeEach(async () => {
  await centre.tidy()
  heard.length = 0
  answerWith = 204
})

const discover = async (clientId: string) => {
  const found = await client.discovery(
    new URL(centre.house.issuer),
    clientId,
    { id_token_signed_response_alg: 'ES256' },
    client.ClientSecretBasic(secretOf(clientId)),
    { execute: [client.allowInsecureRequests] },
  )
  client.enableNonRepudiationChecks(found)
  return found
}
const asking = () => ({
  scope: 'openid',
  login_hint: `person:${centre.ana}`,
  binding_message: 'LUNA-4821',
  acting_agent: centre.agent,
})
const linkOf = async () => {
  await centre.house.calls.settled()
  return centre.house.calls.prompts.at(-1)?.path.replace('/call-approval/', '') ?? ''
}
const waiting = async () => (await centre.db.query('select * from oidc_call_pings')).rows
const dueNow = () =>
  centre.db.query(
    `update oidc_call_pings set next_attempt_at = now() - interval '1 second' where next_attempt_at is not null`,
  )

/** A request of the client that wants to be told, with the answer given. */
async function answered(step: 'approve' | 'decline' = 'approve') {
  const token = randomBytes(24).toString('base64url')
  const said = await centre.ask(`person:${centre.ana}`, { client_notification_token: token }, 'told-centre')
  await centre.answer(step, await linkOf())
  return { id: String(said.body['auth_req_id']), token }
}

describe('openid-client', () => {
  it('asks, waits its interval and gets tokens that say who acts', async () => {
    const config = await discover('call-centre')
    const response = await client.initiateBackchannelAuthentication(config, asking())
    expect(response).toMatchObject({ expires_in: 300, interval: 5 })
    await centre.answer('approve', await linkOf())
    const tokens = await client.pollBackchannelAuthenticationGrant(config, response)
    expect(tokens.claims()).toMatchObject({ sub: centre.ana, act: { sub: `staff:${centre.agent}` } })
    expect(tokens.refresh_token).toBeUndefined()
  }, 30_000)

  it('is told by a ping, and fetches its tokens then', async () => {
    const config = await discover('told-centre')
    const token = randomBytes(24).toString('base64url')
    const response = await client.initiateBackchannelAuthentication(config, {
      ...asking(),
      client_notification_token: token,
    })
    await centre.answer('approve', await linkOf())
    expect(await centre.house.oidc.deliverCallPings(10)).toBe(1)
    expect(heard).toEqual([{ authorization: `Bearer ${token}`, body: { auth_req_id: response.auth_req_id } }])
    const tokens = await client.genericGrantRequest(config, cibaGrant, { auth_req_id: response.auth_req_id })
    expect(tokens.claims()).toMatchObject({ sub: centre.ana })
  })
})

describe('a notification', () => {
  it('is sent after a no as after a yes, once, and leaves nothing behind (R54)', async () => {
    await answered('decline')
    expect(await centre.house.oidc.deliverCallPings(10)).toBe(1)
    expect(await centre.house.oidc.deliverCallPings(10)).toBe(0)
    expect(heard).toHaveLength(1)
    expect(await waiting()).toEqual([])
    expect(centre.house.calls.pings).toEqual(['delivered'])
  })

  it('that nobody takes is repeated with growing pauses, and the answer stands all the same (R54)', async () => {
    answerWith = 500
    const { id } = await answered()
    for (let at = 1; at <= 3; at += 1) {
      expect(await centre.house.oidc.deliverCallPings(10)).toBe(0)
      const [row] = await waiting()
      expect(row.attempts).toBe(at)
      await dueNow()
    }
    expect((await centre.pollInTime(id, 'told-centre')).status).toBe(200)
    answerWith = 204
    expect(await centre.house.oidc.deliverCallPings(10)).toBe(1)
    expect(heard).toHaveLength(4)
  })

  it('is given up when its request is over, on record and for a week (R54)', async () => {
    answerWith = 302
    await answered()
    expect(await centre.house.oidc.deliverCallPings(10)).toBe(0)
    expect(heard).toHaveLength(1)
    await centre.db.query(`update oidc_call_pings set deadline_at = now() - interval '1 second'`)
    await dueNow()
    expect(await centre.house.oidc.deliverCallPings(10)).toBe(0)
    const [row] = await waiting()
    expect(row).toMatchObject({ next_attempt_at: null, attempts: 2 })
    expect(row.gave_up_at).toBeInstanceOf(Date)
    expect(centre.house.audited.map(({ action }) => action)).toContain('oidc.call-ping-not-delivered')
    expect(centre.house.calls.pings).toEqual(['failed', 'given-up'])
    expect(await centre.house.oidc.deliverCallPings(10)).toBe(0)
  })

  it('keeps neither the request’s id nor the token in clear (R54)', async () => {
    const { id, token } = await answered()
    const { rows } = await centre.db.query(
      `select row_to_json(p)::text as row from oidc_call_pings p
       union all select row_to_json(r)::text from oidc_call_requests r`,
    )
    const stored = rows.map(({ row }) => row).join('')
    for (const secret of [id, token]) {
      expect(stored).not.toContain(secret)
      expect(stored).not.toContain(Buffer.from(secret).toString('hex'))
    }
    expect(rows).toHaveLength(2)
  })

  it('needs a bearer token of 128 bits (R54)', async () => {
    for (const token of [undefined, 'x'.repeat(21)]) {
      const said = await centre.ask('x@example.com', { client_notification_token: token }, 'told-centre')
      expect(said).toMatchObject({ status: 400, body: { error: 'invalid_request' } })
    }
  })

  it('has no way to an address of ours through the egress client it leaves by (R54)', async () => {
    const egress = createEgress()
    for (const address of [
      'http://shop.example/told',
      'https://127.0.0.1/told',
      'https://169.254.169.254/',
    ]) {
      await expect(egress.fetch(address, { method: 'POST' })).rejects.toMatchObject({ failure: 'refused' })
    }
    await egress.close()
  })
})

describe('a client that asks', () => {
  const metadata = (more: Record<string, unknown>) =>
    parseClientMetadata(
      'call-centre-2',
      {
        redirect_uris: [],
        grant_types: [cibaGrant],
        scope: 'openid',
        id_token_signed_response_alg: 'ES256',
        backchannel_token_delivery_mode: 'poll',
        ...more,
      },
      { firstParty: true },
    )
  const register = (more: Record<string, unknown>) =>
    centre.house.oidc.checkClient({
      clientId: 'call-centre-2',
      recipientId: 'tienda',
      firstParty: true,
      channel: 'call-centre',
      metadata: metadata(more),
    })

  it('is confidential, by its secret in the header or by its key (R49)', async () => {
    await expect(register({})).resolves.toEqual([])
    const { publicJwk } = await makeKey()
    const withKey = { token_endpoint_auth_method: 'private_key_jwt', jwks: { keys: [publicJwk] } }
    await expect(register(withKey)).resolves.toEqual([])
    for (const method of ['none', 'client_secret_post']) {
      expect(() => metadata({ token_endpoint_auth_method: method })).toThrow('token_endpoint_auth_method')
    }
  })

  it('is told at an https address, and never pushed to (R54)', async () => {
    const ping = { backchannel_token_delivery_mode: 'ping' }
    await expect(register(ping)).rejects.toMatchObject({ code: 'client-metadata' })
    const at = (uri: string) => ({ ...ping, backchannel_client_notification_endpoint: uri })
    await expect(register(at('https://centre.example/told'))).resolves.toEqual([])
    expect(() => metadata(at('http://centre.example/told'))).toThrow('http')
    await expect(register({ backchannel_token_delivery_mode: 'push' })).rejects.toMatchObject({
      code: 'client-metadata',
    })
  })
})
