import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { operations } from '../../../src/channels/api/operations.ts'
import { personCalled, tokensFor, Visitor } from '../../house/visitor.ts'
import { atTheTill, checkAnswer } from './examples.ts'
import { startTillHouse, type TillHouse } from './till-house.ts'

let norte: TillHouse
/** Tills in two stores of the house. */
let granVia: string
let sol: string

beforeAll(async () => {
  norte = await startTillHouse()
  granVia = await norte.till('till-gran-via', 'gran-via-till')
  sol = await norte.till('till-sol', 'sol')
}, 60_000)
afterAll(() => norte?.close())

describe('The examples of the reference', () => {
  const ofTills = operations.filter(({ name }) => atTheTill.has(name) && name !== 'api.loyalty-codes')

  test.each(ofTills.map((one) => [one.name, one] as const))(
    '%s: what is shown is what is answered',
    async (_, one) => {
      const made = JSON.stringify(one.example.body ?? {})
        .replace(/PLC1[0-9A-Z]+/, norte.codeOf('ana'))
        .replace(/2912 3456 7890 6/, norte.cardOf('ana'))
        .replaceAll(/2026-11-22T1[12]:[0-9:]+\+01:00/g, new Date().toISOString())
      const said = await norte.ask(
        granVia,
        one.method,
        one.path,
        one.method === 'GET' ? undefined : JSON.parse(made),
      )
      expect([said.status, said.body['code']]).toEqual([one.example.status, undefined])
      checkAnswer(one, said)
    },
  )
})

describe('An app of ours', () => {
  test('is given the code of whoever signed in to it, and of nobody else', async () => {
    const redirectUri = 'https://app.example/callback'
    const { id, secret } = await norte.machine({
      client_id: 'club-app',
      recipient_id: 'tienda-norte-shop',
      first_party: true,
      grant_types: ['client_credentials', 'authorization_code'],
      response_types: ['code'],
      redirect_uris: [redirectUri],
    })
    const bearer = await norte.token({ id, secret }, 'loyalty:read')
    const party = { clientId: id, secret, redirectUri }
    const tokens = await tokensFor(
      norte.app.origin,
      new Visitor(norte.app.origin),
      party,
      personCalled('ana'),
      {
        scope: 'openid',
      },
    )
    const ask = (token: string, more = {}) =>
      norte.ask(bearer, 'POST', '/api/v1/loyalty-codes', { subject_token: token, ...more }, '')
    const { status, body } = await ask(tokens.access_token, { store: 'sol' })
    expect(status).toBe(200)
    expect(body).toMatchObject({ card: norte.cardOf('ana'), store: 'sol' })
    const shown = operations.find(({ name }) => name === 'api.loyalty-codes')
    if (shown !== undefined) checkAnswer(shown, { status, body })
    expect((await norte.lookUp(granVia, { code: body.code })).body.code).toBe('loyalty-code-refused')
    expect((await norte.lookUp(sol, { code: body.code })).body).toMatchObject({
      attributes: { given_name: 'Ana' },
    })
    const wrong = await ask('x'.repeat(43))
    expect({ status: wrong.status, code: wrong.body.code }).toEqual({
      status: 403,
      code: 'subject-token-refused',
    })
    // A token of another client of the same person is not this client's to use.
    expect(
      (await norte.ask(granVia, 'POST', '/api/v1/loyalty-codes', { subject_token: tokens.access_token })).body
        .code,
    ).toBe('subject-token-refused')
  })
})
