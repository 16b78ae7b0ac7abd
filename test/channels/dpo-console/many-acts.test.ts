import { load } from 'cheerio'
import type { Knex } from 'knex'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  noticeFor,
  pgPastFacts,
  pgReceiptOwner,
  pgRegistrySource,
  proveConsent,
  recordChoices,
  referenceTo,
} from '../../../src/features/consent/index.ts'
import { parseEmailAddress } from '../../../src/features/identity/index.ts'
import type { SubjectId } from '../../../src/kernel/ids.ts'
import { openLane } from '../../../src/platform/db/lanes.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { openBrowser } from '../admin-console/console-app.ts'
import { staffCookie } from '../matrix-visitor.ts'

let app: TestApp
let owner: Knex
let browser: ReturnType<typeof openBrowser>
const email = 'carmen@correo.example'
/** A morning three days ago, on which Carmen changes her mind again and again. */
const morning = new Date(new Date(Date.now() - 3 * 86_400_000).setUTCHours(10, 0, 0, 0))
const day = morning.toISOString().slice(0, 10)
const times = 24

let carmen: SubjectId

/** `times` more answers, a yes first, from this minute of the morning on. */
async function changesHerMind(from: number, times: number) {
  const { ledger, registry, names } = app.house
  const notice = noticeFor(registry.current(), 'marketing.direct', 'es')
  if (notice === undefined) throw new Error('no notice')
  for (let at = from; at < from + times; at++) {
    await recordChoices(
      { ...ledger, clock: { now: () => new Date(morning.getTime() + at * 60_000) } },
      {
        subjectId: carmen,
        actor: { kind: 'subject', subjectId: carmen, assurance: 'passkey' },
        evidence: { channel: 'web', surface: 'privacy-centre', language: 'es' },
        idempotencyKey: `mind-${at}`,
        controller: names.controller,
        brand: names.brand,
        choices: [
          {
            purpose: 'marketing.direct',
            contactChannel: 'email',
            answer: at % 2 === 0 ? 'yes' : 'no',
            notice: referenceTo(notice),
          },
        ],
      },
    )
  }
}

beforeAll(async () => {
  app = await startTestApp({ people: true })
  owner = openLane(app.database.connection, 'test', 2)
  const index = Buffer.from(app.house.platform.blindIndex.of('email', email))
  carmen = (await owner('identifier_lookups').where({ blind_index: index }).first()).subject_id
  await changesHerMind(0, times)
  browser = openBrowser(app.origin)
  const { cookie = '' } = await staffCookie(owner, 'dpo')
  browser.cookies.set('placet_staff', cookie.split('=')[1] ?? '')
  await browser.open('/staff/proof')
}, 60_000)
afterAll(async () => {
  await owner?.destroy()
  await app?.close()
})

const asked = {
  receipt: '',
  email,
  purpose: 'marketing.direct',
  contact_channel: 'email',
  day,
  reason: 'Reclamación 2026-118',
}
const recordsOn = (html: string): readonly string[] =>
  load(html)('article form [name=record]')
    .toArray()
    .map((field) => field.attribs['value'] ?? '')

test('a day with many acts is proven a page at a time, none missing and none twice', async () => {
  const first = await browser.submit('/staff/proof', asked)
  const shown = [...recordsOn(first.text)]
  expect(shown).toHaveLength(20)
  const before = load(first.text)('form [name=before]').attr('value') ?? ''
  expect(before).toBe(shown.at(-1))
  const second = await browser.submit('/staff/proof', { ...asked, before })
  shown.push(...recordsOn(second.text))
  expect(load(second.text)('form [name=before]')).toHaveLength(0)
  const told: string[] = await owner('consent_events')
    .where('occurred_at', '>=', morning)
    .where('occurred_at', '<', new Date(morning.getTime() + times * 60_000))
    .orderBy('occurred_at', 'desc')
    .pluck('event_id')
  expect(told).toHaveLength(times)
  expect(shown).toEqual(told)
  const [last] = await owner('audit_entries').where('entry', 'like', '%proof-sought%').orderBy('seq', 'desc')
  expect(JSON.parse(last.entry).facts).toMatchObject({ events: told.slice(20), of: times })
})

test('of the days before, what was said again in the same words is not proven again, and the page says so', async () => {
  const { text } = await browser.submit('/staff/proof', { ...asked, day: '2099-01-01' })
  const $ = load(text)
  expect($('article')).toHaveLength(2)
  expect($('main').text()).toContain(`${times - 2} decisiones`)
})

test('an act beyond the first page has its file as well', async () => {
  const page = await browser.submit('/staff/proof', asked)
  const before = load(page.text)('form [name=before]').attr('value') ?? ''
  const second = await browser.submit('/staff/proof', { ...asked, before })
  const form = load(second.text)('form[action="/staff/proof/file"]').last()
  const fields = Object.fromEntries(
    ['receipt', 'record', 'reason'].map((name) => [name, form.find(`[name=${name}]`).attr('value') ?? '']),
  )
  const file = await browser.submit('/staff/proof/file', fields)
  expect(file.headers.get('content-disposition')).toContain(`placet-proof-${fields['record']}.json`)
})

test('a page is proven under one checkpoint, however many of its acts wait for one', async () => {
  const { consentProofs, registry, ledger, work, reads, platform, sealer, names } = app.house
  const receipts: string[] = []
  let checkpoints = 0
  const address = parseEmailAddress(email)
  if (address === undefined) throw new Error('no address')
  await changesHerMind(times, 2)
  const { acts } = await proveConsent(
    {
      ...consentProofs.proofs,
      ...{ registry, facts: ledger.facts, work, reads },
      records: {
        ...consentProofs.proofs.records,
        receiptOf: (subjectId, receiptId) => {
          receipts.push(receiptId)
          return consentProofs.proofs.records.receiptOf(subjectId, receiptId)
        },
      },
      keeper: {
        checkpoint: () => {
          checkpoints += 1
          return consentProofs.keeper.checkpoint()
        },
      },
      clock: platform.clock,
      blindIndex: platform.blindIndex,
      receiptOwner: pgReceiptOwner(owner),
      past: pgRegistrySource(owner),
      pastFacts: pgPastFacts(platform.reader, { sealer, controller: names.controller }),
      timeZone: 'Europe/Madrid',
    },
    {
      actor: { kind: 'system', name: 'test' },
      evidence: { channel: 'web', surface: 'proof', language: 'es' },
      reason: 'Reclamación 2026-118',
      question: { by: 'person', email: address, purpose: 'marketing.direct', contactChannel: 'email', day },
    },
  )
  expect(acts.map(({ verdict }) => verdict.outcome)).toEqual(Array(20).fill('genuine'))
  expect(checkpoints).toBe(1)
  // Each receipt once, and the two that waited once more.
  expect(receipts).toHaveLength(20 + 2)
})
