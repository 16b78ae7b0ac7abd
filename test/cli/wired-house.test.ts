import { afterAll, beforeAll, expect, test } from 'vitest'
import { locateDatabase } from '../../src/cli/locate-database.ts'
import { settleHouse } from '../../src/compose/settle-house.ts'
import { compose, openCommandHouse } from '../../src/compose.ts'
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts'
import { environment, placet, urlOf } from './run-placet.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
  const { config, connection } = await locateDatabase(env(), '/nowhere')
  const house = await compose(config, connection)
  await settleHouse(house)
  await house.close()
})
afterAll(() => database.drop())

const env = () => ({ ...environment, DATABASE_URL: urlOf(database.appConnection) })
const run = (args: readonly string[], input?: string) =>
  placet([...args, '--json'], {
    env: env(),
    openHouse: openCommandHouse,
    ...(input === undefined ? {} : { input }),
  })

const metadata = {
  client_id: 'tienda-norte',
  client_name: 'Tienda Norte',
  redirect_uris: ['https://tienda.example/callback'],
  grant_types: ['authorization_code', 'refresh_token'],
  token_endpoint_auth_method: 'client_secret_basic',
  scope: 'openid profile',
  first_party: true,
}

test('a client is registered from standard input, listed without its secret, and given a second one', async () => {
  const created = await run(['client', 'create'], JSON.stringify(metadata))
  expect(created.code, created.err).toBe(0)
  expect(created.json()).toMatchObject({ client_id: 'tienda-norte', client_secret: expect.any(String) })

  const listed = await run(['client', 'list'])
  const [line] = listed.json().filter((one: { client_id: string }) => one.client_id === 'tienda-norte')
  expect(line).toMatchObject({
    client_name: 'Tienda Norte',
    redirect_uris: metadata.redirect_uris,
    secrets: 1,
  })
  expect(listed.out).not.toContain(created.json().client_secret)

  const rotated = await run(['client', 'rotate-secret', 'tienda-norte'])
  expect(rotated.json().client_secret).not.toBe(created.json().client_secret)
  expect(rotated.json().secrets).toBe(2)
})

test('metadata that no client should have is refused with its fields, and nothing is kept (R3)', async () => {
  const wrong = { ...metadata, client_id: 'wrong', redirect_uris: ['http://shop.example/#x'] }
  const answer = await run(['client', 'create'], JSON.stringify(wrong))
  expect(answer.code).toBe(1)
  expect(answer.json().error).toMatchObject({
    code: 'client-metadata',
    cause: expect.stringContaining('redirect_uris'),
  })
  expect((await run(['client', 'list'])).out).not.toContain('"wrong"')
})

test('the first administrator and the officer are appointed by command, each with a link', async () => {
  for (const role of ['admin', 'dpo']) {
    const answer = await run(['staff', 'create', role, '--name', role, '--role', role])
    expect(answer.json()).toMatchObject({
      enrolmentLink: expect.stringMatching(/^http:\/\/localhost:3000\/staff\/enrol\?token=/),
    })
  }
})

test('a rotation asked for twice finds nothing due the second time, and all of it is in an intact trail (R100)', async () => {
  await run(['keys', 'rotate'])
  expect((await run(['keys', 'rotate'])).json()).toEqual({ steps: 0 })
  const verified = await run(['audit', 'verify'])
  expect(verified.code).toBe(0)
  expect(verified.json().entries).toBeGreaterThan(4)
})
