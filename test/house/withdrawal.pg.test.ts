import { request } from 'node:http'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestApp, type TestApp } from '../support/app.ts'
import {
  basic,
  personCalled,
  type RelyingParty,
  relyingParty,
  type Tokens,
  tokensFor,
  Visitor,
} from './visitor.ts'

let here: TestApp
let there: TestApp
let newsletter: RelyingParty

beforeAll(async () => {
  here = await startTestApp({ people: true })
  there = await startTestApp({ beside: here })
  newsletter = relyingParty(here, 'correo-norte')
})
afterAll(async () => {
  await there?.close()
  await here?.close()
})

type Told = Readonly<Record<string, unknown>>

/** Asks one of the processes under the name they share, as a balancer would. */
function ask(
  app: TestApp,
  path: string,
  authorization: string,
  fields?: Record<string, string>,
): Promise<Told> {
  const body = fields === undefined ? undefined : new URLSearchParams(fields).toString()
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        host: '127.0.0.1',
        port: new URL(app.origin).port,
        path,
        method: body === undefined ? 'GET' : 'POST',
        headers: {
          host: new URL(here.origin).host,
          accept: 'application/json',
          authorization,
          ...(body === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
        },
      },
      (answer) => {
        let text = ''
        answer.setEncoding('utf8')
        answer.on('data', (chunk) => {
          text += chunk
        })
        answer.on('end', () =>
          answer.statusCode === 200
            ? resolve(JSON.parse(text))
            : reject(new Error(`${path} answered ${answer.statusCode}: ${text}`)),
        )
      },
    )
    sent.on('error', reject)
    sent.end(body)
  })
}

const info = (app: TestApp, { access_token: token }: Tokens) => ask(app, '/oidc/me', `Bearer ${token}`)
const asClient = (app: TestApp, path: string, fields: Record<string, string>) =>
  ask(app, path, basic(newsletter.clientId, newsletter.secret ?? ''), fields)
const introspect = (app: TestApp, { access_token: token }: Tokens) =>
  asClient(app, '/oidc/introspect', { token })
const renew = async (app: TestApp, { refresh_token: token = '' }: Tokens) =>
  (await asClient(app, '/oidc/token', {
    grant_type: 'refresh_token',
    refresh_token: token,
  })) as unknown as Tokens

const claimsIn = (told: Told) =>
  Object.keys(told)
    .filter((name) => /email|name|phone|birth/.test(name))
    .toSorted()

it('a withdrawal is true at once at every exit of every process, fifty times over (R91)', async () => {
  const visitor = new Visitor(here.origin)
  let tokens = await tokensFor(here.origin, visitor, newsletter, personCalled('ana'))

  const say = async (answer: 'yes' | 'no') => {
    const saved = await visitor.choose(await visitor.open('/privacy/permissions'), {
      'marketing.direct.email': answer,
    })
    expect(saved.url.pathname).toMatch(/^\/privacy\/permissions\/saved\//)
  }
  /** Every exit of both processes at once, with the token from before and with one renewed just now. */
  const exits = async (renewsAt: TestApp, other: TestApp): Promise<readonly Told[]> => {
    const before = [here, there].flatMap((app) => [info(app, tokens), introspect(app, tokens)])
    const [renewed, ...told] = await Promise.all([renew(renewsAt, tokens), ...before])
    tokens = renewed
    return [...told, ...(await Promise.all([info(other, renewed), introspect(renewsAt, renewed)]))]
  }

  for (let round = 0; round < 50; round += 1) {
    const [one, other] = round % 2 === 0 ? [here, there] : [there, here]
    await say('no')
    for (const told of await exits(one, other)) {
      expect(claimsIn(told), `round ${round}, withdrawn`).toEqual([])
      if ('active' in told)
        expect(told).toMatchObject({ active: true, scope: expect.not.stringMatching(/email|profile/) })
    }
    await say('yes')
    for (const told of await exits(other, one))
      expect(claimsIn(told), `round ${round}, given`).toEqual(['email', 'email_verified', 'given_name'])
  }
}, 240_000)
