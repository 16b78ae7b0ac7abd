import { generateKeyPairSync } from 'node:crypto'
import { decodeJwt, decodeProtectedHeader } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  checkReceiptFile,
  credentialTypeMetadata,
  type FoundReceipt,
  findReceipt,
  issueReceiptCredential,
  recordChoices,
} from '../../../../src/features/consent/index.ts'
import type { SubjectId } from '../../../../src/kernel/ids.ts'
import { joinSdJwt, revealed, signJws, splitSdJwt } from '../../../../src/platform/crypto/index.ts'
import { checkReceipt } from '../../../../views/assets/receipt-check.js'
import { type LedgerHouse, openLedgerHouse } from '../ledger/ledger-house.ts'

let norte: LedgerHouse
let ana: SubjectId
let receipt: FoundReceipt
const keys = () => ({ keys: [norte.publicJwk] })
const onServer = (text: string, trusted = keys()) => checkReceiptFile(text, trusted, norte.clock.now())
const inBrowser = (text: string, trusted = keys()) => checkReceipt(text, [...trusted.keys])
const both = [onServer, inBrowser]

const issued = async (showing?: string): Promise<string> => {
  const credential = await issueReceiptCredential(norte.parts, receipt, showing)
  if (credential === undefined) throw new Error('no credential')
  return credential
}
const split = (credential: string) => {
  const parts = splitSdJwt(credential)
  if (parts === undefined) throw new Error('no credential')
  return parts
}
const idOf = (channel: string): string => {
  const entry = receipt.claims.events.find(({ purpose }) => purpose.channel === channel)
  if (entry === undefined) throw new Error(`nothing about ${channel}`)
  return entry.record_id
}

beforeAll(async () => {
  norte = await openLedgerHouse()
  ana = await norte.register('Ana')
  const recorded = await recordChoices(
    norte.parts,
    norte.command(ana, [
      norte.choice('marketing.direct', 'email', 'yes'),
      norte.choice('marketing.direct', 'sms', 'no'),
    ]),
  )
  if (recorded.outcome !== 'recorded') throw new Error('not recorded')
  const question = { subjectId: ana, receiptId: recorded.receiptId }
  const found = await findReceipt({ records: norte.parts.records, sealer: norte.sealer }, question)
  if (found === undefined) throw new Error('no receipt')
  receipt = found
})
afterAll(() => norte.close())

test('the credential says what the receipt says, signed by a published key, and is bound to no key of its holder', async () => {
  const { jws, disclosures } = split(await issued())
  expect(decodeProtectedHeader(jws)).toEqual({ alg: 'ES256', kid: norte.publicJwk.kid, typ: 'dc+sd-jwt' })
  const claims = decodeJwt(jws)
  const { issuer } = norte.parts.signer
  expect(claims).toMatchObject({
    iss: issuer,
    iat: Math.floor(norte.clock.now().getTime() / 1000),
    vct: `${issuer}/credentials/consent-receipt/1`,
    withdrawal_method: receipt.claims.withdrawal_method,
  })
  expect(claims).not.toHaveProperty('cnf')
  const whole = revealed(claims, disclosures)
  expect(whole).toMatchObject({
    sub: receipt.holder,
    receipt_id: receipt.receiptId,
    retention_period: receipt.claims.retention_period,
    authority_party: receipt.claims.authority_party,
  })
  const { controllers } = receipt.claims
  const expected = receipt.claims.events.map((entry) => ({ ...entry, controllers }))
  expect(whole?.['decisions']).toHaveLength(expected.length)
  expect(whole?.['decisions']).toEqual(expect.arrayContaining(expected))
  for (const check of both) {
    const verdict = await check(joinSdJwt(jws, disclosures))
    expect(verdict).toMatchObject({ outcome: 'genuine', selective: true, receiptId: receipt.receiptId })
    expect(verdict.entries.map(({ words }) => words)).toEqual(['holds', 'holds'])
  }
})

test('the type metadata tells of every claim that there is whether it may be kept back', async () => {
  const { jws, disclosures } = split(await issued())
  const metadata = credentialTypeMetadata(norte.parts.signer.issuer)
  expect(metadata.vct).toBe(decodeJwt(jws)['vct'])
  const { _sd, _sd_alg, decisions, ...open } = decodeJwt(jws)
  const told = (sd: string) =>
    metadata.claims.flatMap((claim) => ('sd' in claim && claim.sd === sd ? [claim.path.join('.')] : []))
  expect(told('never').sort()).toEqual(Object.keys(open).sort())
  const closed = disclosures.map((one) => JSON.parse(Buffer.from(one, 'base64url').toString()))
  const names = new Set(closed.map((parts) => (parts.length === 3 ? parts[1] : 'decisions.')))
  expect(told('always').sort()).toEqual([...names].sort())
})

test('Ana shows that she agreed to e-mail, and nobody learns of anything else from it', async () => {
  const shown = await issued(idOf('email'))
  for (const check of both) {
    const verdict = await check(shown)
    expect(verdict).toMatchObject({ outcome: 'genuine', signature: 'holds', receiptId: '' })
    expect(verdict.entries).toMatchObject([{ state: 'given', contactChannel: 'email', words: 'holds' }])
  }
  const { jws, disclosures } = split(shown)
  const readable = [
    JSON.stringify(decodeJwt(jws)),
    ...disclosures.map((one) => Buffer.from(one, 'base64url').toString()),
  ].join()
  for (const secret of [idOf('sms'), '"sms"', 'refused', receipt.holder, receipt.receiptId, ana]) {
    expect(readable).not.toContain(secret)
  }
  // Not even how many decisions there were: the list is filled up, in the order of digests.
  const { decisions } = decodeJwt<{ decisions: readonly { '...': string }[] }>(jws)
  expect(decisions).toHaveLength(8)
  const digests = decisions.map((one) => one['...'])
  expect(digests).toEqual([...digests].sort())
})

test('what the holder of the whole keeps back is gone, and the signature holds all the same', async () => {
  const { jws, disclosures } = split(await issued())
  const refusal = disclosures.filter((one) => Buffer.from(one, 'base64url').toString().includes('"sms"'))
  expect(refusal).toHaveLength(1)
  for (const check of both) {
    expect((await check(joinSdJwt(jws, refusal))).entries).toMatchObject([{ state: 'refused' }])
    expect((await check(joinSdJwt(jws, []))).outcome).toBe('no-receipt')
  }
})

test('two copies of one receipt have no digest in common', async () => {
  const digests = async () => {
    const { _sd, decisions } = decodeJwt<{ _sd: string[]; decisions: object[] }>(split(await issued()).jws)
    return [..._sd, ...decisions.map((one) => JSON.stringify(one))]
  }
  const [first, second] = [await digests(), await digests()]
  expect(first.filter((one) => second.includes(one))).toEqual([])
})

test('a receipt of somebody else’s decision gives no credential', async () => {
  expect(await issueReceiptCredential(norte.parts, receipt, crypto.randomUUID())).toBeUndefined()
})

test('a forged disclosure, one without a signed digest, or one that comes twice is refused by both', async () => {
  const { jws, disclosures } = split(await issued())
  const refusal = disclosures.find((one) => Buffer.from(one, 'base64url').toString().includes('"sms"')) ?? ''
  const text = Buffer.from(refusal, 'base64url').toString()
  const forged = Buffer.from(text.replace('"refused"', '"given"')).toString('base64url')
  const { disclosures: ofAnother } = split(await issued())
  const withoutDigest = decodeJwt<{ decisions: readonly object[] }>(jws)
  const emptied = await signJws(
    { ...withoutDigest, decisions: [] },
    {
      kid: norte.publicJwk.kid ?? '',
      algorithm: 'ES256',
      key: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey,
    },
    'dc+sd-jwt',
  )
  const genuinelyEmptied = await norte.parts.signer.sign({ ...withoutDigest, decisions: [] }, 'dc+sd-jwt')
  for (const check of both) {
    expect((await check(joinSdJwt(jws, [refusal]))).outcome).toBe('genuine')
    for (const [first, shown] of [
      [jws, [forged]],
      [jws, [refusal, forged]],
      [jws, ofAnother],
      [jws, [refusal, refusal]],
      [emptied, [refusal]],
      [genuinelyEmptied, [refusal]],
    ] as const) {
      expect(await check(joinSdJwt(first, shown))).toMatchObject({ outcome: 'broken', entries: [] })
    }
  }
})

test('another typ, another type, another key or a key-binding token nobody asked for is refused by both', async () => {
  const { jws, disclosures } = split(await issued())
  const claims = decodeJwt<Record<string, unknown>>(jws)
  const { signer } = norte.parts
  const plain = await signer.sign(claims, 'consent-receipt+jwt')
  const other = await signer.sign({ ...claims, vct: 'https://forger.example/type/1' }, 'dc+sd-jwt')
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const usurped = await signJws(
    claims,
    { kid: norte.publicJwk.kid ?? '', algorithm: 'ES256', key: privateKey },
    'dc+sd-jwt',
  )
  const stranger = await signJws(claims, { kid: 'another', algorithm: 'ES256', key: privateKey }, 'dc+sd-jwt')
  for (const check of both) {
    expect((await check(joinSdJwt(jws, disclosures))).outcome).toBe('genuine')
    expect((await check(joinSdJwt(plain, disclosures))).outcome).toBe('broken')
    expect((await check(joinSdJwt(other, disclosures))).outcome).toBe('no-receipt')
    expect((await check(joinSdJwt(usurped, disclosures))).outcome).toBe('broken')
    expect((await check(joinSdJwt(stranger, disclosures))).outcome).toBe('unknown-key')
    expect((await check(`${joinSdJwt(jws, disclosures)}a.b.c`)).outcome).toBe('no-receipt')
    // The signed part alone is not taken for a receipt of the other kind, nor the other way round.
    expect((await check(jws)).outcome).toBe('no-receipt')
    expect((await check(joinSdJwt(receipt.jws, []))).outcome).toBe('no-receipt')
  }
})

test('two receipts of one person cannot be told to be of the same by whoever is given them', async () => {
  const again = await norte.say(ana, 'marketing.direct', 'email', 'no')
  if (again.outcome !== 'recorded') throw new Error('not recorded')
  const question = { subjectId: ana, receiptId: again.receiptId }
  const second = await findReceipt({ records: norte.parts.records, sealer: norte.sealer }, question)
  expect(second?.holder).toMatch(/^[\w-]{43}$/)
  expect(second?.holder).not.toBe(receipt.holder)
  expect([receipt.holder, second?.holder]).not.toContain(ana)
})
