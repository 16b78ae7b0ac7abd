import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { issueCode, redeemCode } from '../../../src/features/identity/index.ts'
import { drawCode, readTypedCode } from '../../../src/features/identity/one-time-code.ts'
import { systemEntropy } from '../../../src/platform/crypto/index.ts'
import { type House, openHouse } from './house.ts'
import { otherProcess } from './other-process.ts'

let house: House

beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())
beforeEach(async () => {
  house.at('2026-11-22T10:00:00Z')
  await house.owner('rate_limits').delete()
  await house.owner('one_time_codes').delete()
})

const deps = () => ({ ...house.deps, codes: house.artefacts.codes })
const send = (
  email = 'ana@example.es',
  more: { purpose?: 'sign-in' | 'create-account'; transaction?: string } = {},
) =>
  issueCode(deps(), {
    purpose: 'sign-in',
    recipientIndex: house.indexOf(email),
    transaction: 'flow-1',
    network: '203.0.113.0/24',
    ...more,
  })
const type = (
  typed: string,
  email = 'ana@example.es',
  more: { purpose?: 'sign-in' | 'create-account'; transaction?: string } = {},
) =>
  redeemCode(deps(), {
    purpose: 'sign-in',
    recipientIndex: house.indexOf(email),
    transaction: 'flow-1',
    typed,
    network: '203.0.113.0/24',
    ...more,
  })
const notThe = (code: string) => (code === '000000' ? '000001' : '000000')

describe('a one-time code', () => {
  it('opens once, typed with spaces or without', async () => {
    const { code } = await send()
    expect(await type(` ${code.slice(0, 3)} ${code.slice(3)} `)).toBe('right')
    expect(await type(code)).toBe('spent')
  })

  it('is six digits, kept as a keyed hash only (R67)', async () => {
    const { code } = await send()
    expect(code).toMatch(/^\d{6}$/)
    const [row] = await house.owner('one_time_codes').select('*')
    expect(row.code_hmac).toHaveLength(32)
    expect(JSON.stringify(row)).not.toContain(code)
  })

  it('lasts ten minutes and not a moment longer (R67)', async () => {
    const { code } = await send()
    house.at('2026-11-22T10:10:00Z')
    expect(await type(code)).toBe('spent')
    const later = await send()
    house.at('2026-11-22T10:19:59Z')
    expect(await type(later.code)).toBe('right')
  })

  it('is worthless for another purpose, in another flow and for another recipient (R67, R70)', async () => {
    const { code } = await send()
    expect(await type(code, 'ana@example.es', { purpose: 'create-account' })).toBe('spent')
    expect(await type(code, 'ana@example.es', { transaction: 'flow-2' })).toBe('spent')
    expect(await type(code, 'bruno@example.es')).toBe('spent')
    expect(await type(code), 'negative control: where it belongs').toBe('right')
  })

  it('is replaced by the next one', async () => {
    const first = await send()
    house.pass(60)
    const second = await send()
    if (first.code !== second.code) expect(await type(first.code)).toBe('wrong')
    expect(await type(second.code)).toBe('right')
  })

  it('bears five wrong guesses; the sixth is not even looked at, right or wrong (R67)', async () => {
    const { code } = await send()
    for (let guess = 0; guess < 5; guess += 1) expect(await type(notThe(code))).toBe('wrong')
    expect(await type(code)).toBe('spent')
  })

  it('costs no guess when what was typed cannot be a code', async () => {
    const { code } = await send()
    for (let guess = 0; guess < 30; guess += 1) expect(await type('12345')).toBe('wrong')
    expect(await type(code)).toBe('right')
  })

  it('is judged at most five times by forty parallel guesses in two processes, and right at most once (R67)', async () => {
    const { code } = await send()
    await house.owner('rate_limits').delete()
    const other = otherProcess(house, {
      do: 'redeem',
      email: 'ana@example.es',
      typed: notThe(code),
      times: 20,
    })
    await other.ready()
    const [here, there] = await Promise.all([
      Promise.allSettled(Array.from({ length: 20 }, () => type(notThe(code)))),
      other.go(),
    ])
    const answers = [...here.map((one) => (one.status === 'fulfilled' ? one.value : 'shed')), ...there]
    expect(answers.filter((answer) => answer === 'wrong')).toHaveLength(5)
    expect(answers.filter((answer) => answer === 'right')).toHaveLength(0)
  })

  it('is used by exactly one of twenty parallel right answers', async () => {
    const { code } = await send()
    const answers = await Promise.allSettled(Array.from({ length: 20 }, () => type(code)))
    const right = answers.filter((one) => one.status === 'fulfilled' && one.value === 'right')
    expect(right).toHaveLength(1)
  })

  it('is sent five times an hour to one recipient, whoever asks, and counted for each recipient apart (R67)', async () => {
    for (let sent = 0; sent < 5; sent += 1) await send()
    await expect(send()).rejects.toMatchObject({ failure: 'too-many', code: 'code-send-recipient' })
    await expect(send('bruno@example.es')).resolves.toMatchObject({ expiresAt: expect.any(Date) })
    house.pass(3600)
    await expect(send()).resolves.toBeDefined()
  })

  it('is neither spent nor replaced by a stranger who starts a sign-in with the same address (R66, R67)', async () => {
    const { code } = await send('ana@example.es', { transaction: 'of-ana' })
    const foreign = await send('ana@example.es', { transaction: 'of-a-stranger' })
    for (let guess = 0; guess < 6; guess += 1) {
      await type(notThe(foreign.code), 'ana@example.es', { transaction: 'of-a-stranger' })
    }
    expect(await type(code, 'ana@example.es', { transaction: 'of-a-stranger' })).toBe('spent')
    expect(await type(code, 'ana@example.es', { transaction: 'of-ana' })).toBe('right')
  })

  it('has a limit on guesses over all codes, so that asking anew is no way to guess on', async () => {
    for (let round = 0; round < 4; round += 1) {
      const { code } = await send()
      for (let guess = 0; guess < 5; guess += 1) await type(notThe(code))
    }
    await expect(type('123456')).rejects.toMatchObject({ code: 'code-guess-account' })
  })
})

describe('drawing a code', () => {
  it('gives every value the same chance: what falls into the uneven tail is drawn again', () => {
    const draws = [Buffer.from('ffffffff', 'hex'), Buffer.from('00000007', 'hex')]
    const code = drawCode({ ...systemEntropy, bytes: () => draws.shift() ?? Buffer.alloc(4) })
    expect(code).toBe('000007')
  })

  it('reads what people type', () => {
    expect(readTypedCode('123-456')).toBe('123456')
    expect(readTypedCode('１２３４５６')).toBeUndefined()
    expect(readTypedCode('1234567')).toBeUndefined()
  })
})
