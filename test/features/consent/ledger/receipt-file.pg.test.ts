import { generateKeyPairSync } from 'node:crypto'
import fc from 'fast-check'
import { calculateJwkThumbprint, exportJWK } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openingOf } from '../../../../src/features/consent/evidence-of-act.ts'
import {
  type LedgerParts,
  objectToMarketing,
  receiptJsonLd,
  receiptWithProof,
  recordChoices,
} from '../../../../src/features/consent/index.ts'
import { checkReceiptFile } from '../../../../src/features/consent/ledger/check-receipt-file.ts'
import { type ReceiptFile, receiptFile } from '../../../../src/features/consent/ledger/receipt-file.ts'
import type { ReceiptId, SubjectId } from '../../../../src/kernel/ids.ts'
import { signJws } from '../../../../src/platform/crypto/index.ts'
import { checkReceipt } from '../../../../views/assets/receipt-check.js'
import { type LedgerHouse, openLedgerHouse } from './ledger-house.ts'

let norte: LedgerHouse
let ana: SubjectId
let receiptId: ReceiptId
let pack: ReceiptFile
const keys = () => ({ keys: [norte.publicJwk] })

const partsFor = () => ({
  records: norte.parts.records,
  sealer: norte.sealer,
  log: norte.log,
  publishedKeys: async () => keys(),
})

async function signedYes(parts: LedgerParts = norte.parts) {
  const outcome = await recordChoices(
    { ...norte.parts, ...parts },
    norte.command(ana, [
      norte.choice('marketing.direct', 'email', 'yes'),
      norte.choice('marketing.direct', 'sms', 'no'),
    ]),
  )
  if (outcome.outcome !== 'recorded') throw new Error('not recorded')
  return outcome
}

beforeAll(async () => {
  norte = await openLedgerHouse()
  ana = await norte.register('Ana')
  for (const name of ['Bruno', 'Carmen', 'Diego']) {
    await norte.say(await norte.register(name), 'marketing.direct', 'email', 'no')
  }
  receiptId = (await signedYes()).receiptId
  for (const name of ['Elena', 'Fermin']) {
    await norte.say(await norte.register(name), 'marketing.direct', 'email', 'yes')
  }
  await norte.keeper.checkpoint()
  const found = await receiptWithProof(partsFor(), { subjectId: ana, receiptId })
  if (found === undefined) throw new Error('no receipt')
  const stored = await norte.parts.records.history(ana, { limit: 10 })
  const openings = new Map(
    await Promise.all(
      stored.map(async ({ event, sealedEvidence }) => {
        const place = { table: 'consent_events', column: 'sealed_evidence', row: event.id }
        return [event.id, openingOf(await norte.sealer.openText(ana, place, sealedEvidence))] as const
      }),
    ),
  )
  pack = receiptFile(found.receipt.jws, found.proven, keys(), openings)
})
afterAll(() => norte.close())

const onServer = (text: string, trusted = keys()) => checkReceiptFile(text, trusted, norte.clock.now())
const inBrowser = (text: string, trusted = keys()) => checkReceipt(text, [...trusted.keys])

test('the file with its proofs is genuine, says the house, and so says the browser', async () => {
  const text = JSON.stringify(pack)
  const server = await onServer(text)
  expect(server).toMatchObject({ outcome: 'genuine', signature: 'holds', checkpoint: 'holds', receiptId })
  expect(server.entries).toHaveLength(2)
  for (const entry of server.entries) {
    expect(entry).toMatchObject({ words: 'holds', logged: 'holds', opened: 'holds' })
    expect(entry.wording).toContain('Novedades y ofertas')
  }
  const browser = await inBrowser(text)
  expect({ ...browser, issuedAt: new Date(browser.issuedAt) }).toEqual(server)
})

test('the bare signed receipt is genuine too, and says that it proves no place in the log', async () => {
  for (const verdict of [await onServer(pack.receipt), await inBrowser(`${pack.receipt}\n`)]) {
    expect(verdict).toMatchObject({ outcome: 'genuine', checkpoint: 'absent' })
    expect(verdict.entries.map(({ logged }) => logged)).toEqual(['absent', 'absent'])
  }
})

test('keys that come in the file count for nothing: whoever forges a receipt brings keys along', async () => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const publicJwk = await exportJWK(publicKey)
  const kid = await calculateJwkThumbprint(publicJwk)
  const claims = JSON.parse(Buffer.from(pack.receipt.split('.')[1] ?? '', 'base64url').toString())
  const forged = await signJws(claims, { kid, algorithm: 'ES256', key: privateKey }, 'consent-receipt+jwt')
  const file = { ...pack, receipt: forged, keys: { keys: [{ ...publicJwk, kid, alg: 'ES256' }] } }
  const usurped = await signJws(
    claims,
    { kid: norte.publicJwk.kid, algorithm: 'ES256', key: privateKey },
    'consent-receipt+jwt',
  )
  for (const check of [onServer, inBrowser]) {
    expect((await check(JSON.stringify(file))).outcome).toBe('unknown-key')
    expect((await check(usurped)).outcome).toBe('broken')
    expect((await check(JSON.stringify(file), { keys: [] })).outcome).toBe('unknown-key')
  }
})

test('one letter changed anywhere that counts is found, by both in the same way', async () => {
  const text = JSON.stringify({ ...pack, keys: { keys: [] } })
  const prefix = '{"format":"placet-receipt/1",'.length
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: prefix, max: text.length - 2 }), fc.nat(61), async (at, letter) => {
      const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
      const other = letters[letter] ?? 'A'
      fc.pre(text[at] !== other && /[\w-]/.test(text[at] ?? ''))
      const changed = text.slice(0, at) + other + text.slice(at + 1)
      const [server, browser] = [await onServer(changed), await inBrowser(changed)]
      // The last letter of a hash or signature may carry bits that no byte keeps: then nothing was changed.
      const same = JSON.stringify(server.entries) === JSON.stringify((await onServer(text)).entries)
      expect(browser.outcome === 'genuine').toBe(server.outcome === 'genuine')
      if (server.outcome === 'genuine') expect(same).toBe(true)
    }),
    { numRuns: 400 },
  )
})

test('an objection answers no published text, and its receipt is genuine all the same', async () => {
  const elisa = await norte.register('Elisa')
  const objected = await objectToMarketing(norte.parts, {
    subjectId: elisa,
    controller: 'tienda-norte',
    actor: { kind: 'subject', subjectId: elisa, assurance: 'passkey' },
    evidence: { channel: 'web', surface: 'privacy-centre', language: 'es' },
    idempotencyKey: 'elisa-objects',
  })
  if (objected.outcome !== 'recorded') throw new Error('not recorded')
  await norte.keeper.checkpoint()
  const found = await receiptWithProof(partsFor(), { subjectId: elisa, receiptId: objected.receiptId })
  expect(found?.receipt.claims.events).toMatchObject([
    { event_type: 'https://w3id.org/dpv/legal/eu/gdpr#A21', purpose: { lawful_basis: null } },
  ])
  for (const check of [onServer, inBrowser]) {
    expect(await check(JSON.stringify(found?.file))).toMatchObject({
      outcome: 'genuine',
      entries: [{ state: 'objected', words: 'absent', logged: 'holds' }],
    })
  }
  if (found === undefined) throw new Error('no receipt')
  const { claims, jws } = found.receipt
  const linked = receiptJsonLd(claims, { issuer: norte.parts.signer.issuer, jws })
  expect(linked).toMatchObject({
    'dpv:hasNotice': [],
    'dpv:hasConsentStatus': [],
    'placet:exercisedRight': [{ '@type': ['eu-gdpr:A21'] }],
  })
  expect(linked['dpv:hasProcess'][0]).not.toHaveProperty('dpv:hasLegalBasis')
})

test('what has no canonical form is no receipt, whoever sends it, and nobody falls over it', async () => {
  const text = JSON.stringify(pack)
  const subject = '"type":"given"'
  expect(text).toContain(subject)
  for (const other of ['"type":1e999', '"type":"\\ud800"']) {
    for (const check of [onServer, inBrowser]) {
      expect((await check(text.replaceAll(subject, other))).outcome, other).toBe('no-receipt')
    }
  }
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const claims = JSON.parse(Buffer.from(pack.receipt.split('.')[1] ?? '', 'base64url').toString())
  const key = { kid: 'nobody', algorithm: 'ES256', key: privateKey } as const
  const timeless = await signJws({ ...claims, iat: 1e300 }, key, 'consent-receipt+jwt')
  expect((await onServer(timeless)).outcome).toBe('no-receipt')
})

test('a receipt from before there was a log proves its signature, and its place once the act is opened', async () => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const publicJwk = await exportJWK(publicKey)
  const kid = await calculateJwkThumbprint(publicJwk)
  const both = { keys: [norte.publicJwk, { ...publicJwk, kid, alg: 'ES256' }] }
  const claims = JSON.parse(Buffer.from(pack.receipt.split('.')[1] ?? '', 'base64url').toString())
  for (const event of claims.receipt.events) delete event.commitment
  const early = await signJws(claims, { kid, algorithm: 'ES256', key: privateKey }, 'consent-receipt+jwt')
  const openings = new Map(
    pack.log.flatMap(({ record_id, opening }) => (opening ? [[record_id, opening]] : [])),
  )
  const proven = {
    checkpoint: pack.checkpoint,
    proofs: pack.log.map(({ opening, ...proof }) => proof),
    waiting: [],
  }
  const shut = receiptFile(early, proven, both)
  const opened = receiptFile(early, proven, both, openings)
  expect(shut.log).toEqual([])
  for (const check of [onServer, inBrowser]) {
    const bare = await check(JSON.stringify(shut), both)
    expect(bare.outcome).toBe('genuine')
    expect(bare.entries.map(({ logged }) => logged)).toEqual(['absent', 'absent'])
    const whole = await check(JSON.stringify(opened), both)
    expect(whole.outcome).toBe('genuine')
    expect(whole.entries.map(({ logged }) => logged)).toEqual(['holds', 'holds'])
    // Nothing ties somebody's entry to it but the act itself.
    expect((await check(JSON.stringify({ ...shut, log: proven.proofs }), both)).outcome).toBe('broken')
  }
})

const bent: readonly [string, (file: ReceiptFile) => object, string][] = [
  [
    'a misspelt opening, which is none that was left out',
    (file) => ({ ...file, log: file.log.map(({ opening, ...one }) => ({ ...one, openinG: opening })) }),
    'no-receipt',
  ],
  [
    'an entry of another act',
    (file) => ({ ...file, log: file.log.map((one, at) => ({ ...one, entry: file.log[1 - at]?.entry })) }),
    'broken',
  ],
  [
    'another path',
    (file) => ({ ...file, log: file.log.map((one) => ({ ...one, path: [...one.path].reverse() })) }),
    'broken',
  ],
  [
    'another number',
    (file) => ({
      ...file,
      log: file.log.map((one) => ({ ...one, entry: { ...one.entry, seq: one.entry.seq + 1 } })),
    }),
    'broken',
  ],
  ['no checkpoint', (file) => ({ ...file, checkpoint: null }), 'broken'],
  [
    'another nonce',
    (file) => ({
      ...file,
      log: file.log.map((one) => ({ ...one, opening: { ...one.opening, nonce: '00'.repeat(32) } })),
    }),
    'broken',
  ],
  [
    'a nonce in capital letters, which spell the same bytes',
    (file) => ({
      ...file,
      log: file.log.map((one) => ({
        ...one,
        opening: { ...one.opening, nonce: one.opening?.nonce.toUpperCase() },
      })),
    }),
    'no-receipt',
  ],
  [
    'a kinder act than the one that was sealed',
    (file) => ({
      ...file,
      log: file.log.map((one) => ({
        ...one,
        opening: { ...one.opening, act: { ...one.opening?.act, evidence: { channel: 'store' } } },
      })),
    }),
    'broken',
  ],
  [
    'a proof of something that is not in the receipt',
    (file) => ({ ...file, log: [...file.log, { ...file.log[0], record_id: 'another' }] }),
    'broken',
  ],
  [
    'a forged second entry of the same act',
    (file) => ({
      ...file,
      log: [...file.log, { ...file.log[0], entry: { ...file.log[0]?.entry, type: 'withdrawn' } }],
    }),
    'broken',
  ],
  ['the same entry twice', (file) => ({ ...file, log: [...file.log, ...file.log] }), 'broken'],
  ['a member that no such file has', (file) => ({ ...file, endorsed: 'by the authority' }), 'no-receipt'],
  ['a receipt in place of the checkpoint', (file) => ({ ...file, checkpoint: file.receipt }), 'broken'],
  ['another format', (file) => ({ ...file, format: 'another/1' }), 'no-receipt'],
  ['nothing', () => ({}), 'no-receipt'],
]
test.each(bent)('a file with %s is refused by both', async (_, bend, outcome) => {
  const text = JSON.stringify(bend(pack))
  expect((await onServer(text)).outcome).toBe(outcome)
  expect((await inBrowser(text)).outcome).toBe(outcome)
})

test('nonsense is no receipt, and nobody falls over it', async () => {
  for (const text of ['', 'a.b.c', '{}', '[]', 'null', '"', 'é'.repeat(1000), `${'['.repeat(5000)}`]) {
    expect((await onServer(text)).outcome, text.slice(0, 20)).toBe('no-receipt')
    expect((await inBrowser(text)).outcome, text.slice(0, 20)).toBe('no-receipt')
  }
})

test('the receipt names the commitment of each act, and neither person nor contact point', async () => {
  const claims = JSON.parse(Buffer.from(pack.receipt.split('.')[1] ?? '', 'base64url').toString())
  expect(claims.receipt.events.map(({ commitment }: { commitment: string }) => commitment)).toEqual(
    pack.log.map(({ entry }) => entry.commit),
  )
  expect(JSON.stringify(claims)).not.toContain(ana)
})

test('as linked data it uses arrays, terms of DPV 2.3 and the signed form', async () => {
  const found = await receiptWithProof(partsFor(), { subjectId: ana, receiptId })
  if (found === undefined) throw new Error('no receipt')
  const issuer = norte.parts.signer.issuer
  const linked = receiptJsonLd(found.receipt.claims, { issuer, jws: found.receipt.jws })
  const text = JSON.stringify(linked)
  // Else a reader of linked data takes the basis for a piece of text.
  expect(linked['@context']['dpv:hasLegalBasis']).toEqual({ '@type': '@id' })
  expect(linked).toMatchObject({
    '@type': 'dpv:ConsentRecord',
    'dct:conformsTo': 'https://w3id.org/dpv/schema/dpv-27560#receipt-eu-gdpr',
    'placet:signedReceipt': found.receipt.jws,
    'dpv:hasProcess': [
      {
        'dpv:hasPurpose': { 'skos:broader': 'dpv:DirectMarketing' },
        'dpv:hasLegalBasis': 'eu-gdpr:A6-1-a',
        'dpv:hasDataController': ['urn:party:tienda-norte'],
        'dpv:hasJurisdiction': 'loc:ES',
      },
      {},
    ],
    'dpv:hasConsentStatus': [
      { '@type': ['dpv:ConsentGiven', 'dpv:ExpressedConsent'] },
      { '@type': ['dpv:ConsentRefused', 'dpv:ExpressedConsent'] },
    ],
  })
  const known = new Set([
    ...[
      'Process',
      'Purpose',
      'PersonalData',
      'DirectMarketing',
      'ConsentRecord',
      'ConsentNotice',
      'ConsentGiven',
    ],
    ...['ConsentRefused', 'ExpressedConsent', 'WithdrawConsent', 'DataSubjectRight', 'DataController'],
    ...['hasNotice', 'hasProcess', 'hasPurpose', 'hasPersonalData', 'hasLegalBasis', 'hasDataController'],
    ...[
      'hasRecipient',
      'hasJurisdiction',
      'hasConsentControl',
      'hasRight',
      'isExercisedAt',
      'hasConsentStatus',
    ],
    ...['isIndicatedAtTime', 'hasIndicationMethod', 'hasEntity', 'hasName', 'hasContact'],
  ])
  const used = [...text.matchAll(/"dpv:(\w+)"/g)].map(([, term]) => term ?? '')
  expect(used.filter((term) => !known.has(term))).toEqual([])
})
