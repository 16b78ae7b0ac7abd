import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { limits } from '../../../src/platform/limits/index.ts'
import { backdate, phone, visitor } from '../support/device-flow.ts'
import { openShop, type Shop } from '../support/shop.ts'

let shop: Shop
let db: Shop['db']
let house: Shop['house']
let kiosk: Shop['kiosk']
let neighbour: Shop['neighbour']
let ana: Shop['ana']
let bruno: Shop['bruno']
let calls: Shop['calls']
let open: Shop['open']
let approve: Shop['approve']
let poll: Shop['poll']
let entries: Shop['entries']

beforeAll(async () => {
  shop = await openShop()
  ;({ db, house, kiosk, neighbour, ana, bruno, calls, open, approve, poll, entries } = shop)
})
afterAll(() => shop?.close())
beforeEach(() => shop.tidy())

describe('a code', () => {
  it('can be claimed for a minute and a little, and for as long as its terminal shows no newer one (R39)', async () => {
    const old = await calls.start(kiosk)
    await backdate(db, 20)
    expect(await open(old.user_code, visitor(bruno))).toMatchObject({ state: 'claimed' })

    const shown = await calls.start(kiosk)
    await backdate(db, 20)
    await calls.start(kiosk)
    await backdate(db, 16)
    expect(await open(shown.user_code)).toBe('no-such-code')
    expect((await poll(shown.device_code)).body).toMatchObject({ error: 'expired_token' })
    // Bruno's code is his, whatever the screen shows by now.
    expect(await open(old.user_code, visitor(bruno))).toMatchObject({ state: 'claimed' })

    const late = await calls.start(neighbour)
    await backdate(db, 76)
    expect(await open(late.user_code)).toBe('no-such-code')
    expect((await poll(late.device_code, neighbour)).body).toMatchObject({ error: 'expired_token' })
  })

  it('that was claimed ends after five minutes all the same (R39)', async () => {
    const started = await calls.start(kiosk)
    await open(started.user_code)
    await backdate(db, 301)
    expect(await open(started.user_code)).toBe('no-such-code')
    expect(await approve(started.user_code, started.binding_number)).toBe('no-such-code')
  })

  it('is answered alike when it is unknown, expired, declined, ended or somebody else’s (R40)', async () => {
    const [expired, declined, killed, foreign] = await Promise.all(
      [1, 2, 3, 4].map(() => calls.start(neighbour)),
    )
    const [a, b, c, d] = [expired, declined, killed, foreign].map((one) => one?.user_code ?? '')
    await open(b ?? '')
    await phone(house.origin, 'decline', b ?? '', visitor(ana))
    await open(c ?? '')
    await approve(c ?? '', 1)
    await open(d ?? '', visitor(ana))
    const eyes = visitor(bruno)
    await db.query('update oidc_device_flows set claim_until = now() where state = $1', ['shown'])
    await db.query('delete from rate_limits')
    const answers: unknown[] = []
    const work = new Set<string>()
    for (const code of [d, 'BCDF-GHJK', a, b, c, d, 'not a code', 'ÄÖÜ', '']) {
      await db.query('delete from rate_limits')
      house.phoneStatements.length = 0
      answers.push(await phone(house.origin, 'open', code ?? '', eyes))
      // Ending a living code is more work than missing one; who sees that had the code, and it is gone.
      if (answers.length > 1) work.add(house.phoneStatements.join('\n'))
    }
    // What is done for each is done for all, so that no clock tells one from another.
    expect([...work]).toHaveLength(1)
    expect([...work][0]).toContain('oidc_device_flows')
    expect(new Set(answers)).toEqual(new Set(['no-such-code']))
    // On record each looks like the others, too: no reason, no terminal, no code.
    const misses = (await entries('oidc.device-code-refused')).filter(({ stream }) => stream === bruno)
    expect(misses).toHaveLength(answers.length)
    for (const miss of misses) expect(miss.facts ?? miss.touchpoint).toBeUndefined()
  })

  it('may be guessed five times in one session, ten by one account, and the right one is refused then (R40)', async () => {
    const { user_code: right } = await calls.start(kiosk)
    const first = await Promise.all(Array.from({ length: 20 }, () => open('BCDF-GHJK')))
    expect(first.filter((answer) => answer === 'no-such-code')).toHaveLength(5)
    expect(first.filter((answer) => answer === 'too-many')).toHaveLength(15)
    expect(await open(right)).toBe('too-many')
    const elsewhere = visitor(ana, { sessionRef: 'another' })
    const more = await Promise.all(Array.from({ length: 10 }, () => open('BCDF-GHJK', elsewhere)))
    expect(more.filter((answer) => answer === 'no-such-code').length).toBeLessThanOrEqual(5)
    // Somebody else is not held up by it.
    expect(await open(right, visitor(bruno))).toMatchObject({ state: 'claimed' })
  })

  it('is not guessed for ever by a whole network or at the whole house: the budget ends for all (R40)', async () => {
    await db.query('delete from rate_limits')
    const together = { callerKey: 'one-café' }
    const wrong = limits['user-code-guess-network'].tiers[0].points
    for (let at = 0; at <= wrong; at += 1) {
      await open('BCDF-GHJK', visitor(ana, { ...together, sessionRef: `s${at}` }))
      await clearAccount()
    }
    const { user_code: right } = await calls.start(kiosk)
    expect(await open(right, visitor(bruno, together))).toBe('too-many')
    expect(await open(right, visitor(bruno))).toMatchObject({ state: 'claimed' })
  })
})

/** Forgets what one account got wrong, as if each guess came from another. */
const clearAccount = () => house.limiter.clear(ana, 'user-code-guess-account')
