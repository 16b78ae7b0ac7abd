import { load } from 'cheerio'
import { expect, vi } from 'vitest'
import { commandHouse } from '../../../src/compose/command-house.ts'
import { openLane } from '../../../src/platform/db/lanes.ts'
import { Visitor } from '../../house/visitor.ts'
import { startTestApp } from '../../support/app.ts'
import { staffCookie } from '../matrix-visitor.ts'

const cibaGrant = 'urn:openid:params:grant-type:ciba'

export const words = (html: string) => load(html)('main').text().replaceAll(/\s+/g, ' ')

const linkIn = (mail: { readonly text: string } | undefined) =>
  new URL(/https?:\/\/\S+\/call-approval\/[A-Za-z0-9_-]{43}/.exec(mail?.text ?? '')?.[0] ?? '').pathname

/** The whole house with a call centre's application at its door, an agent of it, and customers with their own devices. */
export async function openCallSite(environment: Readonly<Record<string, string>> = {}) {
  /** By how much the house's clock is ahead, in milliseconds. */
  let later = 0
  const app = await startTestApp({
    people: true,
    environment,
    clock: { now: () => new Date(Date.now() + later) },
  })
  const owner = openLane(app.database.connection, 'calls', 1)
  const made = await commandHouse(app.house).clients.create({
    client_id: 'centralita',
    client_name: 'Atención al cliente',
    first_party: true,
    redirect_uris: [],
    grant_types: [cibaGrant, 'client_credentials'],
    recipient_id: 'tienda-norte-shop',
    token_endpoint_auth_method: 'client_secret_basic',
    backchannel_token_delivery_mode: 'poll',
    scope: 'openid profile email',
    id_token_signed_response_alg: 'ES256',
  })
  await staffCookie(owner, 'agent')
  const agent: string = (await owner('staff_roles').where({ role: 'agent' }).first('staff_id')).staff_id

  const post = async (path: string, fields: Record<string, string>) => {
    const answer = await fetch(`${app.origin}${path}`, {
      method: 'POST',
      headers: {
        accept: 'application/json',
        authorization: `Basic ${Buffer.from(`centralita:${made['client_secret']}`).toString('base64')}`,
      },
      body: new URLSearchParams(fields),
    })
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
  }
  const ask = (hint: string) =>
    post('/oidc/backchannel', {
      scope: 'openid profile',
      login_hint: hint,
      binding_message: 'LUNA-48?',
      acting_agent: agent,
    })
  const mails = (to: string) =>
    app.outbox.messages.filter((mail) => mail.kind === 'call-approval' && mail.recipients.includes(to))

  return {
    app,
    owner,
    agent,
    post,
    ask,
    mails,
    /** Moves the house's clock ahead of this machine's. */
    ahead: (ms: number) => {
      later = ms
    },
    tidy: async () => {
      later = 0
      for (const table of ['rate_limits', 'oidc_call_requests', 'oidc_call_blocks'])
        await owner(table).delete()
    },
    poll: async (id: unknown) => {
      await owner('oidc_call_requests').update({ polled_at: null })
      return post('/oidc/token', { grant_type: cibaGrant, auth_req_id: String(id) })
    },
    /** Asks for somebody, and waits for the mail. */
    ring: async (person: { email: string }) => {
      const before = mails(person.email).length
      const { status, body } = await ask(person.email)
      expect(status).toBe(200)
      await vi.waitFor(() => expect(mails(person.email)).toHaveLength(before + 1), { timeout: 10_000 })
      return { id: body['auth_req_id'], link: linkIn(mails(person.email).at(-1)) }
    },
    /** Signs in with the password once, and makes a passkey where it is offered. */
    phoneWithPasskey: async (person: { email: string; password: string }) => {
      const phone = new Visitor(app.origin)
      let seen = await phone.open('/privacy')
      const path = seen.url.pathname.replace(/\/identify$/, '')
      await phone.submit(seen.url.href, { email: person.email })
      seen = await phone.open(`${path}/enter-password`)
      seen = await phone.submit(seen.url.href, { password: person.password })
      expect(seen.url.pathname).toBe(`${path}/create-passkey`)
      const made = phone.authenticator.create(await phone.json(`${path}/create-passkey/options`))
      await phone.goOn(await phone.submit(`${path}/create-passkey`, { response: JSON.stringify(made) }))
      return phone
    },
    /** Opens a page and proves with the passkey what it asks for. */
    openProven: async (phone: Visitor, path: string) => {
      const seen = await phone.open(path)
      if (!seen.url.pathname.startsWith('/sign-in/')) return seen
      const flow = seen.url.pathname.replace(/\/(identify|step-up)$/, '')
      const page = seen.url.pathname.endsWith('/step-up') ? 'step-up' : 'passkey'
      const options = await phone.json(`${flow}/${page}/options`)
      return phone.goOn(
        await phone.submit(`${flow}/${page}`, {
          response: JSON.stringify(phone.authenticator.get(options)),
        }),
      )
    },
    close: async () => {
      await owner.destroy()
      await app.close()
    },
  }
}

export type CallSite = Awaited<ReturnType<typeof openCallSite>>
