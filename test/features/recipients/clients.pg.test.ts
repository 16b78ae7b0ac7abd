import { createHash } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  type ClientRegistration,
  createClient,
  pgClientReads,
  registerRecipient,
  rotateClientSecret,
  setClientState,
} from '../../../src/features/recipients/index.ts'
import { type ConsentHouse, dpo, openConsentHouse } from '../consent/consent-house.ts'

let norte: ConsentHouse
beforeAll(async () => {
  norte = await openConsentHouse()
})
afterAll(() => norte.close())

const registration = (clientId: string, more: Partial<ClientRegistration> = {}): ClientRegistration => ({
  clientId,
  recipientId: 'shop',
  firstParty: true,
  purposeId: undefined,
  contactChannel: 'none',
  brandId: undefined,
  channel: 'web',
  metadata: { client_name: 'Tienda', token_endpoint_auth_method: 'client_secret_basic' },
  ...more,
})

const sha256 = (secret: string | undefined) =>
  createHash('sha256')
    .update(secret ?? '')
    .digest()

const hashesOf = async (clientId: string): Promise<Buffer[]> =>
  (await norte.owner('clients').first('secret_hashes').where({ client_id: clientId })).secret_hashes

test('a new client is told its secret once, and the house keeps only its hash', async () => {
  const { secret } = await createClient(norte, { actor: dpo, client: registration('tienda-web') })
  expect(secret).toMatch(/^placet_cs_[A-Za-z0-9_-]{43}$/)
  expect(await hashesOf('tienda-web')).toEqual([sha256(secret)])
  await expect(createClient(norte, { actor: dpo, client: registration('tienda-web') })).rejects.toMatchObject(
    {
      code: 'client-exists',
    },
  )
})

test('a public client gets no secret', async () => {
  const metadata = { client_name: 'App', token_endpoint_auth_method: 'none' }
  const { secret } = await createClient(norte, {
    actor: dpo,
    client: registration('tienda-app', { metadata }),
  })
  expect(secret).toBeUndefined()
  await expect(rotateClientSecret(norte, { actor: dpo, clientId: 'tienda-app' })).rejects.toMatchObject({
    code: 'client-without-secret',
  })
})

test('two secrets live side by side while a client is changed over, and never three', async () => {
  const first = await createClient(norte, { actor: dpo, client: registration('tienda-dos') })
  const second = await rotateClientSecret(norte, { actor: dpo, clientId: 'tienda-dos' })
  expect(await hashesOf('tienda-dos')).toEqual([sha256(second.secret), sha256(first.secret)])
  const third = await rotateClientSecret(norte, { actor: dpo, clientId: 'tienda-dos' })
  expect(await hashesOf('tienda-dos')).toEqual([sha256(third.secret), sha256(second.secret)])
  const alone = await rotateClientSecret(norte, { actor: dpo, clientId: 'tienda-dos', alone: true })
  expect(await hashesOf('tienda-dos')).toEqual([sha256(alone.secret)])
})

test('a client that is not ours must say what for', async () => {
  const client = registration('socio', { firstParty: false })
  await expect(createClient(norte, { actor: dpo, client })).rejects.toMatchObject({
    code: 'client-without-purpose',
  })
})

test('other processes are told of a change when it commits, and not of one that is rolled back', async () => {
  const listener = new pg.Client(norte.database.appConnection)
  await listener.connect()
  const heard: string[] = []
  listener.on('notification', ({ channel }) => heard.push(channel))
  await listener.query('listen placet_clients')
  try {
    const dying: typeof norte.work = (act) =>
      norte.work(async (tx) => {
        await act(tx)
        throw new Error('killed before the commit')
      })
    const lost = createClient({ ...norte, work: dying }, { actor: dpo, client: registration('perdido') })
    await expect(lost).rejects.toThrow('killed')
    await createClient(norte, { actor: dpo, client: registration('anunciado') })
    await setClientState(norte, { actor: dpo, clientId: 'anunciado', state: 'disabled', reason: 'Prueba' })
    await expect.poll(() => heard).toEqual(['placet_clients', 'placet_clients'])
    const reads = pgClientReads(norte.lane)
    expect(await reads.find('perdido')).toBeUndefined()
    expect(await reads.find('anunciado')).toMatchObject({ state: 'disabled', secrets: 1 })
  } finally {
    await listener.end()
  }
})

test('another controller is registered by its legal entity or not at all', async () => {
  const recipient = {
    recipientId: 'adnet',
    name: 'AdNet',
    role: 'controller',
    processingContract: false,
    thirdCountry: false,
    countries: ['DE'],
    purposes: ['marketing.audience_share'],
  } as const
  await expect(registerRecipient(norte, { actor: dpo, recipient })).rejects.toMatchObject({
    code: 'recipient-without-entity',
  })
})
