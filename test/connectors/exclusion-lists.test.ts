import { createHash, createHmac } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { robinsonList } from '../../src/connectors/robinson/index.ts'
import { stopPublicidadList } from '../../src/connectors/stop-publicidad/index.ts'
import {
  changesSince,
  decideFor,
  type ExclusionParts,
  pgDueChecks,
  pgRegistrySource,
  recordChoices,
  recordContract,
  recordPurchase,
  refreshExclusionChecks,
} from '../../src/features/consent/index.ts'
import { pgIdentityReads } from '../../src/features/identity/index.ts'
import type { SubjectId } from '../../src/kernel/ids.ts'
import { createEgress, type Egress } from '../../src/platform/egress/index.ts'
import {
  type ConsentHouse,
  dpo,
  house,
  openConsentHouse,
  purposes,
} from '../features/consent/consent-house.ts'

const salt = 'salt-of-this-subscriber'
const company = 'B12345678'
const day = 86_400_000
const hour = 3_600_000
const robinsonHash = (email: string) => createHash('sha256').update(email).digest('hex')
const stopHash = (email: string) => createHmac('sha256', salt).update(email).digest('base64url')

/** Both operators on one port, speaking as they do; what they know is set by each test. */
const robinson = new Map<string, object>()
const stop = new Map<string, object>()
const heard: string[] = []
let faulty: 'down' | 'forgetful' | 'gibberish' | undefined

let norte: ConsentHouse
let server: Server
let egress: Egress
let parts: ExclusionParts

beforeAll(async () => {
  norte = await openConsentHouse()
  server = createServer((req, res) => {
    let body = ''
    req.on('data', (chunk) => {
      body += String(chunk)
    })
    req.on('end', () => {
      heard.push(body)
      if (faulty === 'down') return res.writeHead(503).end()
      if (faulty === 'gibberish') return res.end('<html>maintenance</html>')
      const asked = JSON.parse(body)
      const answered =
        req.url === '/v1/consultas'
          ? {
              resultados: (faulty === 'forgetful' ? [] : asked.hashes).map((hash: string) => ({
                hash,
                inscrito: false,
                ...robinson.get(hash),
              })),
            }
          : asked.ids.map((id: string) => ({ id, status: 'CLEAR', ...stop.get(id) }))
      return res.setHeader('content-type', 'application/json').end(JSON.stringify(answered))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = new URL(`http://localhost:${(server.address() as AddressInfo).port}`)
  egress = createEgress({ allow: [url.origin] })
  const { work, clock, entropy, registry, sealer } = norte
  parts = {
    circumstances: { work, clock, entropy, registry, facts: norte.parts.facts },
    ledger: norte.parts,
    lists: [
      robinsonList(egress, { url, apiKey: 'key', company }),
      stopPublicidadList(egress, { url, clientId: 'norte', salt }),
    ],
    due: pgDueChecks(norte.lane),
    reads: pgIdentityReads(norte.lane),
    sealer,
    controller: house.controller,
  }
})
afterAll(async () => {
  await egress.close()
  await new Promise((resolve) => server.close(resolve))
  await norte.close()
})
beforeEach(() => {
  faulty = undefined
  heard.length = 0
  robinson.clear()
  stop.clear()
})

const buyer = async (name: string) => {
  const subjectId = await norte.register(name)
  await recordPurchase(parts.circumstances, {
    subjectId,
    actor: dpo,
    purchaseId: norte.entropy.id(),
    controller: house.controller,
    category: 'fashion',
    optOutOffered: true,
    boughtAt: new Date(norte.clock.now().getTime() - day),
  })
  return { subjectId, email: `${name.toLowerCase()}@correo.example` }
}
const reason = async (subjectId: SubjectId, brand = house.brand) => {
  const question = {
    system: 'newsletter',
    purpose: 'marketing.direct',
    contactChannel: 'email' as const,
    attribute: 'email',
    campaignCategory: 'fashion',
    ...house,
    brand,
  }
  return (await decideFor(norte.parts, subjectId, [question]))?.[0]?.reason
}

test('a customer on no list may be written to once both lists were asked; no address leaves in clear', async () => {
  const { subjectId, email } = await buyer('Ana')
  expect(await reason(subjectId)).toBe('SUPPRESSION_LIST_CHECK_STALE')
  await refreshExclusionChecks({ ...parts, lists: parts.lists.slice(0, 1) })
  // One of two lists is not enough.
  expect(await reason(subjectId)).toBe('SUPPRESSION_LIST_CHECK_STALE')
  await refreshExclusionChecks(parts)
  expect(await reason(subjectId)).toBe('SOFT_OPT_IN')
  expect(heard.length).toBeGreaterThan(1)
  expect(heard.join()).not.toContain(email)
  expect(heard.join()).toContain(robinsonHash(email))
  expect(heard.join()).toContain(stopHash(email))
})

test('who is listed is left alone, unless they agreed with this very company (LOPDGDD 23.4)', async () => {
  const { subjectId, email } = await buyer('Bruno')
  robinson.set(robinsonHash(email), { inscrito: true, fechaEfecto: '2027-01-15' })
  await refreshExclusionChecks(parts)
  // Honoured from the day it is known, before it binds.
  expect(await reason(subjectId)).toBe('SUPPRESSED_EXTERNAL_LIST')
  const [row] = await norte.owner('exclusion_checks').where({ subject_id: subjectId, list: 'robinson' })
  expect(row.effective_from.toISOString()).toBe('2027-01-15T00:00:00.000Z')
  norte.pass(1000)
  await norte.say(subjectId, 'marketing.direct', 'email', 'yes')
  expect(await reason(subjectId)).toBe('CONSENT_GIVEN')
})

test('a listing for other lines of business than ours is not meant for us; not knowing ours, every listing is', async () => {
  const url = new URL(`http://localhost:${(server.address() as AddressInfo).port}`)
  const asking = (sectors: readonly string[] = []) =>
    robinsonList(egress, { url, apiKey: 'key', company, sectors }).check(['ana@correo.example'], 'email')
  robinson.set(robinsonHash('ana@correo.example'), { inscrito: true, sectores: ['banca', 'moda'] })
  expect(await asking()).toMatchObject([{ listed: true }])
  expect(await asking(['moda'])).toMatchObject([{ listed: true }])
  expect(await asking(['seguros'])).toMatchObject([{ listed: false }])
  robinson.set(robinsonHash('ana@correo.example'), { inscrito: true })
  expect(await asking(['seguros'])).toMatchObject([{ listed: true }])
})

test('an answer serves thirty days, and is asked for again before', async () => {
  const { subjectId } = await buyer('Carmen')
  await refreshExclusionChecks(parts)
  heard.length = 0
  norte.pass(20 * day)
  expect((await refreshExclusionChecks(parts)).people).toBe(0)
  expect(heard).toEqual([])
  norte.pass(11 * day)
  expect(await reason(subjectId)).toBe('SUPPRESSION_LIST_CHECK_STALE')
  await refreshExclusionChecks(parts)
  expect(await reason(subjectId)).toBe('SOFT_OPT_IN')
})

test('a list that is down, forgets or talks nonsense leaves the answer unknown, never "not listed"', async () => {
  const { subjectId } = await buyer('Diego')
  for (const fault of ['down', 'forgetful', 'gibberish'] as const) {
    faulty = fault
    norte.pass(hour)
    await expect(refreshExclusionChecks(parts), fault).rejects.toMatchObject({
      errors: expect.arrayContaining([expect.objectContaining({ code: 'exclusion-list-unanswered' })]),
    })
    expect(await reason(subjectId)).toBe('SUPPRESSION_LIST_CHECK_STALE')
  }
  faulty = undefined
  norte.pass(hour)
  await refreshExclusionChecks(parts)
  expect(await reason(subjectId)).toBe('SOFT_OPT_IN')
})

test('a revocation for this company becomes a withdrawal by the list’s operator, once', async () => {
  const { subjectId, email } = await buyer('Elena')
  await norte.say(subjectId, 'marketing.direct', 'email', 'yes')
  norte.pass(day)
  const revoked = new Date(norte.clock.now().getTime() - 1000).toISOString()
  stop.set(stopHash(email), { status: 'COMPANY_REVOKED', revoked_at: revoked })
  expect((await refreshExclusionChecks(parts)).revoked).toBe(1)
  expect(await reason(subjectId)).toBe('CONSENT_WITHDRAWN')
  const [row] = await norte.owner('consent_events').where({ subject_id: subjectId, type: 'withdrawn' })
  expect(row).toMatchObject({ actor: 'agent', surface: 'exclusion-list:stop_publicidad', channel: 'api' })
  norte.pass(26 * day)
  await refreshExclusionChecks(parts)
  const types = await norte.owner('consent_events').where({ subject_id: subjectId }).pluck('type')
  expect(types.sort()).toEqual(['given', 'withdrawn'])
})

test('what somebody agreed to after telling the list stands; another company’s revocation is not ours', async () => {
  const { subjectId, email } = await buyer('Fatima')
  const before = new Date(norte.clock.now().getTime() - 30 * day).toISOString().slice(0, 10)
  await norte.say(subjectId, 'marketing.direct', 'email', 'yes')
  norte.pass(1000)
  robinson.set(robinsonHash(email), {
    revocaciones: [
      { empresa: company, fecha: before },
      { empresa: 'A00000000', fecha: norte.clock.now().toISOString().slice(0, 10) },
    ],
  })
  await refreshExclusionChecks(parts)
  expect(await reason(subjectId)).toBe('CONSENT_GIVEN')
})

test('a system that merely claims a later yes does not cancel a revocation', async () => {
  const { subjectId, email } = await buyer('Hugo')
  await norte.say(subjectId, 'marketing.direct', 'email', 'yes')
  norte.pass(day)
  const revoked = norte.clock.now().toISOString()
  norte.pass(1000)
  const { notice } = norte.choice('marketing.direct', 'email', 'yes')
  const claims = [{ purpose: 'marketing.direct', contactChannel: 'email', notice }] as const
  const actor = { kind: 'system', name: 'till' } as const
  await recordChoices(norte.parts, norte.command(subjectId, [], { actor, claims }))
  stop.set(stopHash(email), { status: 'COMPANY_REVOKED', revoked_at: revoked })
  expect((await refreshExclusionChecks(parts)).revoked).toBe(1)
  expect(await reason(subjectId)).toBe('CONSENT_WITHDRAWN')
})

test('a later yes to one brand does not shield what was agreed to with another', async () => {
  const { subjectId, email } = await buyer('Irene')
  await norte.say(subjectId, 'marketing.direct', 'email', 'yes')
  norte.pass(day)
  const revoked = norte.clock.now().toISOString()
  norte.pass(1000)
  const choices = [norte.choice('marketing.direct', 'email', 'yes')]
  await recordChoices(norte.parts, norte.command(subjectId, choices, { brand: 'norte-outlet' }))
  stop.set(stopHash(email), { status: 'COMPANY_REVOKED', revoked_at: revoked })
  await refreshExclusionChecks(parts)
  expect(await reason(subjectId)).toBe('CONSENT_WITHDRAWN')
  expect(await reason(subjectId, 'norte-outlet')).toBe('CONSENT_GIVEN')
})

test('of two revocations the later counts, and one of today counts until the end of the day', async () => {
  const { subjectId, email } = await buyer('Javier')
  const today = (ago: number) => new Date(norte.clock.now().getTime() - ago * day).toISOString().slice(0, 10)
  const early = { empresa: company, fecha: today(30) }
  await norte.say(subjectId, 'marketing.direct', 'email', 'yes')
  norte.pass(1000)
  robinson.set(robinsonHash(email), { revocaciones: [early, { empresa: company, fecha: today(0) }] })
  await refreshExclusionChecks(parts)
  expect(await reason(subjectId)).toBe('CONSENT_WITHDRAWN')
  norte.pass(1000)
  await norte.say(subjectId, 'marketing.direct', 'email', 'yes')
  norte.pass(26 * day)
  await refreshExclusionChecks(parts)
  expect(await reason(subjectId)).toBe('CONSENT_GIVEN')
})

test('what was told to a list long ago and passed on today is told to the person as new', async () => {
  const subjectId = await norte.register('Vera')
  await norte.say(subjectId, 'marketing.direct', 'email', 'yes')
  norte.pass(day)
  const revoked = norte.clock.now().toISOString()
  norte.pass(20 * day)
  const since = norte.clock.now()
  norte.pass(1000)
  stop.set(stopHash('vera@correo.example'), { status: 'COMPANY_REVOKED', revoked_at: revoked })
  await refreshExclusionChecks(parts)
  const { decisions } = await changesSince(
    { ...norte.parts, sealer: norte.sealer, past: pgRegistrySource(norte.lane) },
    { subjectId, since, language: 'es' },
  )
  expect(decisions.map(({ event }) => event)).toMatchObject([
    { type: 'withdrawn', occurredAt: Date.parse(revoked) },
  ])
})

test('a process that dies between what was answered and what follows from it loses no revocation', async () => {
  const { subjectId, email } = await buyer('Karim')
  await norte.say(subjectId, 'marketing.direct', 'email', 'yes')
  norte.pass(day)
  stop.set(stopHash(email), { status: 'COMPANY_REVOKED', revoked_at: norte.clock.now().toISOString() })
  const died = new Error('killed')
  const work = () => Promise.reject(died)
  for (const killed of [
    { ...parts, ledger: { ...parts.ledger, work } },
    { ...parts, circumstances: { ...parts.circumstances, work } },
  ]) {
    await expect(refreshExclusionChecks(killed)).rejects.toThrow()
    norte.pass(hour)
  }
  expect((await refreshExclusionChecks(parts)).revoked).toBe(0)
  expect(await reason(subjectId)).toBe('CONSENT_WITHDRAWN')
  const types = await norte.owner('consent_events').where({ subject_id: subjectId }).pluck('type')
  expect(types.sort()).toEqual(['given', 'withdrawn'])
})

test('nobody is asked about without need: who bought nothing and agreed to nothing is sent nowhere', async () => {
  await norte.register('Gloria')
  await refreshExclusionChecks(parts)
  expect(heard.join()).not.toContain(robinsonHash('gloria@correo.example'))
})

test('who bought nothing and agreed is asked about, because they may take it back through a list', async () => {
  const subjectId = await norte.register('Lucas')
  await norte.say(subjectId, 'marketing.direct', 'email', 'yes')
  norte.pass(day)
  const revoked = norte.clock.now().toISOString()
  stop.set(stopHash('lucas@correo.example'), { status: 'COMPANY_REVOKED', revoked_at: revoked })
  await refreshExclusionChecks(parts)
  expect(await reason(subjectId)).toBe('CONSENT_WITHDRAWN')
})

test('an address that a list cannot answer about does not keep the others waiting', async () => {
  const people = []
  for (const name of ['Marta', 'Nuria', 'Omar', 'Pilar', 'Quim']) people.push(await buyer(name))
  const bad = people[2]
  robinson.set(robinsonHash(bad?.email ?? ''), { inscrito: 'perhaps' })
  await expect(refreshExclusionChecks(parts)).rejects.toMatchObject({ errors: [expect.anything()] })
  for (const person of people) {
    const expected = person === bad ? 'SUPPRESSION_LIST_CHECK_STALE' : 'SOFT_OPT_IN'
    expect(await reason(person.subjectId), person.email).toBe(expected)
  }
  robinson.clear()
  norte.pass(hour)
  await refreshExclusionChecks(parts)
  expect(await reason(bad?.subjectId ?? (people[0]?.subjectId as SubjectId))).toBe('SOFT_OPT_IN')
})

test('who was asked about longest ago comes first, and before them who never was', async () => {
  const rosa = await buyer('Rosa')
  await refreshExclusionChecks(parts)
  norte.pass(day)
  const samir = await buyer('Samir')
  await refreshExclusionChecks(parts)
  norte.pass(40 * day)
  const tomas = await buyer('Tomas')
  heard.length = 0
  const now = norte.clock.now()
  const question = {
    jurisdictions: ['ES'],
    asks: ['robinson', 'stop_publicidad'].map((list) => ({ list, contactChannel: 'email' as const })),
    checkedBefore: new Date(now.getTime() - 25 * day),
    triedBefore: { refused: now, unused: now, silent: now, failed: now },
  }
  const order = await parts.due.find(question, 100)
  const places = [tomas, rosa, samir].map(({ subjectId }) => order.indexOf(subjectId))
  expect(places).not.toContain(-1)
  expect(places).toEqual([...places].sort((a, b) => a - b))
})

test('a leaflet by post, which no list is asked about, waits for what they say of the person', async () => {
  const { title, ...draft } = purposes.find(({ id }) => id === 'marketing.direct') ?? expect.fail()
  const assessment = { approved: true, reviewBy: '2028-01-01T00:00:00Z' }
  await norte.publish({ ...draft, contactChannels: ['email', 'post'], assessment }, title, 2)
  await norte.registry.refresh()
  const subjectId = await norte.register('Ursula')
  await recordContract(parts.circumstances, {
    subjectId,
    actor: dpo,
    contractId: norte.entropy.id(),
    controller: house.controller,
    beganAt: norte.clock.now(),
  })
  const byPost = async () =>
    (await norte.parts.records.permissionsOf(subjectId)).find(
      ({ contactChannel }) => contactChannel === 'post',
    )
  expect(await byPost()).toMatchObject({ decision: 'DENY', reason: 'SUPPRESSION_LIST_CHECK_STALE' })
  await refreshExclusionChecks(parts)
  expect(await byPost()).toMatchObject({ decision: 'PERMIT', reason: 'LEGITIMATE_INTEREST' })
  norte.pass(26 * day)
  await refreshExclusionChecks(parts)
  norte.pass(10 * day)
  expect(heard.join().split(robinsonHash('ursula@correo.example'))).toHaveLength(3)
})
