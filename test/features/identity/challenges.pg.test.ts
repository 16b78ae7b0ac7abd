import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pgChallengeStore } from '../../../src/features/identity/pg-challenge-store.ts'
import { createSealedTokens, deriveKeys } from '../../../src/platform/crypto/index.ts'
import { type House, issuer, openHouse } from './house.ts'

let house: House

beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

const ceremony = { purpose: 'sign-in', boundTo: 'flow-1|browser-1' } as const
const inFiveMinutes = () => new Date(house.clock.now().getTime() + 300_000)
const issue = (of: Parameters<House['artefacts']['challenges']['issue']>[0] = ceremony) =>
  Buffer.from(house.artefacts.challenges.issue(of, inFiveMinutes())).toString('base64url')
const consume = (challenge: string, more: Partial<{ purpose: 'register'; boundTo: string }> = {}) =>
  house.artefacts.challenges.consume({ ...ceremony, ...more, challenge, now: house.clock.now() })
const rows = async () => (await house.owner('webauthn_challenges').select('*')).length

describe('a challenge of a passkey ceremony', () => {
  it('is never made twice, and leaves no trace until it is used', async () => {
    const made = new Set(Array.from({ length: 200 }, () => issue()))
    expect(made.size).toBe(200)
    expect(await rows()).toBe(0)
    expect(await consume(issue())).toBe(true)
    expect(await rows()).toBe(1)
  })

  it('is used once, however many try at the same moment (R75)', async () => {
    const challenge = issue()
    const tries = await Promise.all(Array.from({ length: 20 }, () => consume(challenge)))
    expect(tries.filter(Boolean)).toHaveLength(1)
    expect(await consume(challenge)).toBe(false)
  })

  it('is good for its own purpose, flow and browser only, and not used up by another (R70, R73)', async () => {
    const challenge = issue()
    expect(await consume(challenge, { purpose: 'register' })).toBe(false)
    expect(await consume(challenge, { boundTo: 'flow-2|browser-1' })).toBe(false)
    expect(await consume(challenge, { boundTo: 'flow-1|browser-2' })).toBe(false)
    expect(await consume(challenge), 'negative control').toBe(true)
  })

  it('ends after its time, and its use is remembered for longer than that', async () => {
    const [late, used] = [issue(), issue()]
    expect(await consume(used)).toBe(true)
    house.pass(299)
    expect(await consume(used)).toBe(false)
    house.pass(1)
    expect(await consume(late)).toBe(false)
    const [oldest] = await house.owner('webauthn_challenges').min('expires_at as at')
    expect(oldest?.at.getTime() + 86_400_000, 'when the sweep may take it').toBeGreaterThan(
      house.clock.now().getTime() + 80_000_000,
    )
  })

  it('cannot be invented, taken from something else we sealed, or brought along from another house (R70)', async () => {
    const { keys } = house
    const said = { purpose: 'sign-in', bound: 'x', end: inFiveMinutes().getTime() }
    const ours = createSealedTokens(keys.all('sealed-tokens'), issuer)
    const elsewhere = (sealedTokens: typeof ours) =>
      Buffer.from(pgChallengeStore(house.lane, sealedTokens).issue(ceremony, inFiveMinutes())).toString(
        'base64url',
      )
    for (const foreign of [
      randomBytes(32).toString('base64url'),
      ours.sealToken('sign-in-flow', said, inFiveMinutes()),
      elsewhere(createSealedTokens(keys.all('sealed-tokens'), 'https://other.example')),
      elsewhere(createSealedTokens(deriveKeys([randomBytes(32)]).all('sealed-tokens'), issuer)),
    ]) {
      expect(await consume(foreign)).toBe(false)
    }
    expect(await consume(elsewhere(ours)), 'negative control').toBe(true)
  })
})
