import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { httpTimestampAuthority } from '../../../../src/features/consent/ledger/http-timestamp-authority.ts'
import { checkpointDigest } from '../../../../src/features/consent/ledger/issue-checkpoint.ts'
import { ledgerKeeper } from '../../../../src/features/consent/ledger/ledger-keeper.ts'
import { readTimestamp, timestampRequest } from '../../../../src/features/consent/ledger/timestamp-message.ts'
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
const authorityAt = (url: URL) => httpTimestampAuthority({ fetch, entropy: systemEntropy }, url)
const digest = createHash('sha256').update('a checkpoint').digest()

test('the house asks in DER what RFC 3161 defines, and reads what an authority recorded', () => {
  expect(
    Buffer.from(timestampRequest(recordedTimestamp.digest, recordedTimestamp.nonce)).toString('hex'),
  ).toBe(
    `30430201013031300d060960864801650304020105000420${recordedTimestamp.digest.toString('hex')}0208${recordedTimestamp.nonce.toString('hex')}0101ff`,
  )
  const read = readTimestamp(recordedTimestamp.reply)
  expect(read && { ...read, nonce: Buffer.from(read.nonce ?? []) }).toEqual({
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
  const token = await authorityAt(authority.url).stamp(digest)
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
  const asked = authorityAt(authority.url)
  if (why === 'answered another question') await asked.stamp(digest)
  await expect(asked.stamp(digest)).rejects.toMatchObject({
    code: 'timestamp-refused',
    detail: `The time authority ${why}.`,
  })
})

test('a checkpoint carries its timestamp into the folder, and another’s timestamp is found out', async () => {
  const authority = opened(await startTimeAuthority())
  const norte = opened(await openLedgerHouse())
  const keeper = ledgerKeeper({ ...norte.keeperParts, timestamps: authorityAt(authority.url) })
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

test('an authority that is down does not keep the house from signing', async () => {
  const authority = opened(await startTimeAuthority(async () => 503))
  const norte = opened(await openLedgerHouse())
  const failures: unknown[] = []
  const keeper = ledgerKeeper({
    ...norte.keeperParts,
    timestamps: authorityAt(authority.url),
    onTimestampFailed: (error) => void failures.push(error),
  })
  const bruno = await norte.register('Bruno')
  await norte.say(bruno, 'marketing.direct', 'email', 'no')
  expect(await keeper.checkpoint()).toMatchObject({ size: 1, timestamp: undefined })
  expect(failures).toHaveLength(1)
})
