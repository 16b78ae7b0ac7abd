import { createHash, sign } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { httpTimestampAuthority } from '../../../../src/features/consent/ledger/http-timestamp-authority.ts'
import { checkpointDigest } from '../../../../src/features/consent/ledger/issue-checkpoint.ts'
import { ledgerKeeper } from '../../../../src/features/consent/ledger/ledger-keeper.ts'
import { readTimestamp, timestampRequest } from '../../../../src/features/consent/ledger/timestamp-message.ts'
import {
  isFromAuthority,
  type TimestampTrust,
} from '../../../../src/features/consent/ledger/timestamp-signature.ts'
import { systemEntropy } from '../../../../src/platform/crypto/index.ts'
import { openLedgerHouse } from './ledger-house.ts'
import { type Answer, startTimeAuthority } from './local-time-authority.ts'
import { recordedTimestamp } from './recorded-timestamp.ts'

const toClose: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of toClose.splice(0).reverse()) await close()
})
const opened = <Thing extends { close(): Promise<unknown> }>(thing: Thing): Thing => {
  toClose.push(() => thing.close())
  return thing
}
const authorityAt = ({ url, trust }: { readonly url: URL; readonly trust: TimestampTrust }) =>
  httpTimestampAuthority({ fetch, entropy: systemEntropy }, { url, trust })
type Authority = Awaited<ReturnType<typeof startTimeAuthority>>
const digest = createHash('sha256').update('a checkpoint').digest()

test('the house asks in DER what RFC 3161 defines, and reads what an authority recorded', () => {
  expect(
    Buffer.from(timestampRequest(recordedTimestamp.digest, recordedTimestamp.nonce)).toString('hex'),
  ).toBe(
    `30430201013031300d060960864801650304020105000420${recordedTimestamp.digest.toString('hex')}0208${recordedTimestamp.nonce.toString('hex')}0101ff`,
  )
  const read = readTimestamp(recordedTimestamp.reply)
  expect(
    read && { digest: Buffer.from(read.digest), nonce: Buffer.from(read.nonce ?? []), at: read.at },
  ).toEqual({
    digest: recordedTimestamp.digest,
    nonce: recordedTimestamp.nonce,
    at: recordedTimestamp.at,
  })
})

test('what is cut short, refused or no reply at all is no timestamp', () => {
  const { reply } = recordedTimestamp
  for (const length of [0, 1, 4, 40, 200]) expect(readTimestamp(reply.subarray(0, length))).toBeUndefined()
  expect(readTimestamp(Buffer.from('30053003020102', 'hex'))).toBeUndefined()
  expect(readTimestamp(Buffer.from('<html>not found</html>'))).toBeUndefined()
})

test('an authority of ours stamps a digest, and OpenSSL agrees that it did', async () => {
  const authority = opened(await startTimeAuthority())
  const token = await authorityAt(authority).stamp(digest)
  expect(await authority.verify(token, digest)).toBe(true)
  expect(await authority.verify(token, createHash('sha256').update('another').digest())).toBe(false)
})

const lies: readonly [string, Answer, string][] = [
  ['stamps something else', async () => recordedTimestamp.reply, 'stamped something else'],
  [
    'answers an older question again',
    (() => {
      let first: Promise<Buffer> | undefined
      return (query, honest) => {
        first ??= honest(query)
        return first
      }
    })(),
    'answered another question',
  ],
  ['refuses', async () => Buffer.from('30053003020102', 'hex'), 'granted nothing'],
  ['is down', async () => 503, 'answered 503'],
]
test.each(lies)('an authority that %s is not believed', async (_, answer, why) => {
  const authority = opened(await startTimeAuthority(answer))
  const asked = authorityAt(authority)
  if (why === 'answered another question') await asked.stamp(digest)
  await expect(asked.stamp(digest)).rejects.toMatchObject({
    code: 'timestamp-refused',
    detail: `The time authority ${why}.`,
  })
})

const der = (tag: number, ...parts: readonly Uint8Array[]): Buffer => {
  const body = Buffer.concat(parts)
  const length =
    body.byteLength < 0x80
      ? Buffer.of(body.byteLength)
      : Buffer.of(0x82, body.byteLength >> 8, body.byteLength & 0xff)
  return Buffer.concat([Buffer.of(tag), length, body])
}
const hex = (text: string) => Buffer.from(text, 'hex')

const tstInfoType = hex('060b2a864886f70d0109100104')
const sha256 = hex('300d06096086480165030402010500')
const attribute = (oid: string, value: Uint8Array) => der(0x30, hex(oid), der(0x31, value))
const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest()

/** What an authority does, by hand: the attributes that RFC 3161 asks for, signed with a key and a certificate for it. */
function signerInfo(info: Uint8Array, { key, certificate }: Pick<Authority, 'key' | 'certificate'>): Buffer {
  const attributes = Buffer.concat([
    attribute('06092a864886f70d010903', tstInfoType),
    attribute('06092a864886f70d010904', der(0x04, hashOf(info))),
    attribute(
      '060b2a864886f70d010910022f',
      der(0x30, der(0x30, der(0x30, der(0x04, hashOf(certificate.raw))))),
    ),
  ])
  const signature = sign('sha256', der(0x31, attributes), key)
  const algorithm = hex('300a06082a8648ce3d040302')
  return der(
    0x30,
    hex('020103'),
    der(0x80, hex('01')),
    sha256,
    der(0xa0, attributes),
    algorithm,
    der(0x04, signature),
  )
}

/** A TimeStampResp of one’s own making: everything in it is as it should be; without a signer, nobody signed it. */
const handMade = (
  imprint: Uint8Array,
  at = '20261122120000Z',
  signer?: Pick<Authority, 'key' | 'certificate'>,
): Buffer => {
  const info = der(
    0x30,
    hex('020101'),
    hex('06042a030401'),
    der(0x30, sha256, der(0x04, imprint)),
    hex('020101'),
    der(0x18, Buffer.from(at)),
  )
  const signed = der(
    0x30,
    hex('020103'),
    der(0x31),
    der(0x30, tstInfoType, der(0xa0, der(0x04, info))),
    ...(signer === undefined ? [] : [der(0xa0, signer.certificate.raw)]),
    der(0x31, ...(signer === undefined ? [] : [signerInfo(info, signer)])),
  )
  return der(0x30, hex('3003020100'), der(0x30, hex('06092a864886f70d010702'), der(0xa0, signed)))
}

test('only an authority we trust is believed, and only what it really signed', async () => {
  const [ours, theirs] = [opened(await startTimeAuthority()), opened(await startTimeAuthority())]
  const reply = Buffer.from(await authorityAt(ours).stamp(digest))
  const proven = (token: Uint8Array, trust: TimestampTrust = ours.trust) => {
    const read = readTimestamp(token)
    return read !== undefined && isFromAuthority(read, trust)
  }
  expect(proven(reply)).toBe(true)
  expect(proven(reply, theirs.trust)).toBe(false)
  expect(proven(reply, { certificates: [] })).toBe(false)
  expect(proven(reply, { ...ours.trust, policy: '1.3.6.1.4.1.99999.1' })).toBe(true)
  expect(proven(reply, { ...ours.trust, policy: '1.3.6.1.4.1.99999.2' })).toBe(false)
  expect(proven(handMade(digest))).toBe(false)
  // Another year, another digest, another signature: wherever a byte is changed, nothing is left of the proof.
  const read = readTimestamp(reply)
  const signature = read?.signed.signerInfos[0]?.signature.buffer
  for (const part of [read?.info, signature && new Uint8Array(signature)]) {
    const at = part === undefined ? -1 : reply.indexOf(part)
    for (const place of [at + (part?.byteLength ?? 0) - 1, at + Math.floor((part?.byteLength ?? 0) / 2)]) {
      const changed = Buffer.from(reply)
      changed[place] = (changed[place] ?? 0) ^ 1
      expect(proven(changed)).toBe(false)
    }
  }
})

test('a certificate for anything but timestamps vouches for no time, and one that an authority certified does', async () => {
  const proven = (token: Uint8Array, trust: TimestampTrust) => {
    const read = readTimestamp(token)
    return read !== undefined && isFromAuthority(read, trust)
  }
  const [ours, web] = [
    opened(await startTimeAuthority()),
    opened(await startTimeAuthority(undefined, { use: 'serverAuth' })),
  ]
  const now = `${new Date().toISOString().replaceAll(/[-:T]/g, '').slice(0, 14)}Z`
  expect(proven(handMade(digest, now, ours), ours.trust)).toBe(true)
  expect(proven(handMade(digest, now, web), web.trust)).toBe(false)
  // Nor one of whom nobody had heard at that time, or another with the same name that did not sign.
  expect(proven(handMade(digest, '20200101000000Z', ours), ours.trust)).toBe(false)
  expect(proven(handMade(digest, now, { ...ours, key: web.key }), ours.trust)).toBe(false)
  const certified = opened(await startTimeAuthority(undefined, { certified: true }))
  const token = await authorityAt(certified).stamp(digest)
  expect(await certified.verify(token, digest)).toBe(true)
  expect(proven(token, ours.trust)).toBe(false)
})

test.each([
  ['nobody signed it', 'timestamp-unverified', '20261122120000Z'],
  ['nobody signed it, whatever time it tells', 'timestamp-unverified', '20200101000000Z'],
])('a timestamp of one’s own making is a fault of the ledger: %s', async (_, fault, at) => {
  const authority = opened(await startTimeAuthority())
  const norte = opened(await openLedgerHouse({ timestamps: authority.trust }))
  const keeper = ledgerKeeper({
    ...norte.keeperParts,
    timestamps: { stamp: async (imprint) => handMade(imprint, at) },
  })
  const ana = await norte.register('Ana')
  await norte.say(ana, 'marketing.direct', 'email', 'yes')
  await keeper.checkpoint()
  expect((await norte.verify()).findings).toEqual([
    { fault, at: 'database checkpoint 1' },
    { fault, at: 'checkpoint-000000000000001.jws' },
  ])
})

test('a checkpoint that says it was signed later than an authority saw it is a fault', async () => {
  const authority = opened(await startTimeAuthority())
  const norte = opened(await openLedgerHouse({ timestamps: authority.trust }))
  const ana = await norte.register('Ana')
  await norte.say(ana, 'marketing.direct', 'email', 'yes')
  // OpenSSL goes by the real clock, the house by one that is a year ahead.
  norte.pass(365 * 86_400_000)
  const keeper = ledgerKeeper({ ...norte.keeperParts, timestamps: authorityAt(authority) })
  await keeper.checkpoint()
  expect((await norte.verify()).findings[0]).toEqual({
    fault: 'timestamp-implausible',
    at: 'database checkpoint 1',
  })
})

test('a checkpoint carries its timestamp into the folder, and another’s timestamp is found out', async () => {
  const authority = opened(await startTimeAuthority())
  const norte = opened(await openLedgerHouse({ timestamps: authority.trust }))
  norte.pass(Date.now() - norte.clock.now().getTime())
  const keeper = ledgerKeeper({ ...norte.keeperParts, timestamps: authorityAt(authority) })
  const ana = await norte.register('Ana')
  await norte.say(ana, 'marketing.direct', 'email', 'yes')
  const checkpoint = await keeper.checkpoint()
  const token = join(norte.folder, 'checkpoint-000000000000001.tsr')
  expect(await authority.verify(await readFile(token), checkpointDigest(checkpoint?.jws ?? ''))).toBe(true)
  expect((await norte.verify()).findings).toEqual([])
  await writeFile(token, recordedTimestamp.reply)
  expect((await norte.verify()).findings).toEqual([
    { fault: 'timestamp-wrong', at: 'checkpoint-000000000000001.jws' },
  ])
})

test('an authority that is down does not keep the house from signing, and is asked again until it answers', async () => {
  let down = true
  const authority = opened(await startTimeAuthority(async (query, honest) => (down ? 503 : honest(query))))
  const norte = opened(await openLedgerHouse({ timestamps: authority.trust }))
  norte.pass(Date.now() - norte.clock.now().getTime())
  const failures: unknown[] = []
  const keeper = ledgerKeeper({
    ...norte.keeperParts,
    timestamps: authorityAt(authority),
    onTimestampFailed: (error) => void failures.push(error),
  })
  const bruno = await norte.register('Bruno')
  await norte.say(bruno, 'marketing.direct', 'email', 'no')
  expect(await keeper.checkpoint()).toMatchObject({ size: 1, timestamp: undefined })
  expect(failures).toHaveLength(1)
  expect(await norte.verify()).toMatchObject({ intact: true, awaitingTimestamp: 1 })
  await keeper.checkpoint()
  expect(failures).toHaveLength(2)
  // Not before its hour: an authority that is down is not asked every minute.
  down = false
  expect((await keeper.checkpoint())?.timestamp).toBeUndefined()
  norte.pass(3_600_000)
  const stamped = await keeper.checkpoint()
  const token = await readFile(join(norte.folder, 'checkpoint-000000000000001.tsr'))
  expect(token.equals(Buffer.from(stamped?.timestamp ?? []))).toBe(true)
  expect(await authority.verify(token, checkpointDigest(stamped?.jws ?? ''))).toBe(true)
  expect(await norte.verify()).toMatchObject({ awaitingTimestamp: 0 })
  // What was once kept is replaced by nobody, the service's own role included.
  expect(await norte.log.keepTimestamp(1, handMade(digest), norte.clock.now())).toBe(false)
  await expect(norte.lane('consent_log_timestamps').update({ token: null })).rejects.toThrow('stays as it is')
})
