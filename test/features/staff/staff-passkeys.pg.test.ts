import { generateKeyPairSync } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  beginEnrolment,
  beginStaffSignIn,
  enrolStaffPasskey,
  findEnrolment,
  findStaffSession,
  signInStaff,
} from '../../../src/features/staff/index.ts'
import { type Bent, softwareAuthenticator } from './software-authenticator.ts'
import { browser, evidence, type StaffHouse, startStaffHouse } from './staff-house.ts'

let house: StaffHouse
beforeAll(async () => {
  house = await startStaffHouse()
})
afterAll(() => house.stop())

const agent = { role: 'agent' as const, touchpointId: undefined }
let people = 0
const hire = () => {
  people += 1
  return house.hire(`person-${people}`, agent)
}
const settle = () => {
  people += 1
  return house.settle(`person-${people}`, agent)
}
const enrol = (token: string, response: string, from = browser) =>
  enrolStaffPasskey(house.deps, { token, browser: from, response, name: 'portátil', evidence })
const signIn = (response: string, from = browser) =>
  signInStaff(house.deps, { response, browser: from, previousSession: undefined, evidence })
const refused = { code: 'passkey-refused' }

describe('enrolling a passkey (R74)', () => {
  const broken: Record<string, Bent> = {
    'of another site': { origin: 'https://phisher.example' },
    'for another relying party': { rpId: 'phisher.example' },
    'inside a frame of another site': { crossOrigin: true },
    'that names a page above it': { topOrigin: 'https://phisher.example' },
    'without the person verified': { userVerified: false },
    'of the wrong ceremony': { type: 'webauthn.get' },
  }
  test.each(Object.entries(broken))('an answer %s is refused, and the link still works', async (_, bent) => {
    const { enrolmentToken: token } = await hire()
    const passkey = softwareAuthenticator(house.site)
    const options = await beginEnrolment(house.deps, { token, browser })
    await expect(enrol(token, passkey.create(options, bent))).rejects.toMatchObject(refused)
    const again = await beginEnrolment(house.deps, { token, browser })
    await expect(enrol(token, passkey.create(again))).resolves.toBeUndefined()
  })

  test('a challenge works once, in the browser it was given to, for the person it was given for', async () => {
    const one = await hire()
    const other = await hire()
    const passkey = softwareAuthenticator(house.site)
    const token = one.enrolmentToken
    const options = await beginEnrolment(house.deps, { token, browser })
    await expect(enrol(token, passkey.create(options), 'another-browser')).rejects.toMatchObject(refused)
    await expect(enrol(other.enrolmentToken, passkey.create(options))).rejects.toMatchObject(refused)
    await house.owner('webauthn_challenges').update({ expires_at: new Date(0) })
    await expect(enrol(token, passkey.create(options))).rejects.toMatchObject(refused)
  })

  test('a challenge for signing in is no challenge for enrolling (R70)', async () => {
    const { enrolmentToken: token } = await hire()
    const { challenge } = await beginStaffSignIn(house.deps, browser)
    const { user } = await beginEnrolment(house.deps, { token, browser })
    const response = softwareAuthenticator(house.site).create({ challenge, user })
    await expect(enrol(token, response)).rejects.toMatchObject(refused)
  })

  test('of twenty devices with one link exactly one is enrolled (R77, VC4)', async () => {
    const { enrolmentToken: token, staffId } = await hire()
    const answers = await Promise.all(
      Array.from({ length: 20 }, async () =>
        softwareAuthenticator(house.site).create(await beginEnrolment(house.deps, { token, browser })),
      ),
    )
    const outcomes = await Promise.allSettled(answers.map((answer) => enrol(token, answer)))
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await house.owner('staff_passkeys').where({ staff_id: staffId })).toHaveLength(1)
  })

  test('looking at the link, as a mail scanner does, uses up nothing; using it ends it (R71)', async () => {
    const { enrolmentToken: token } = await hire()
    await findEnrolment(house.deps, token)
    await findEnrolment(house.deps, token)
    await enrol(
      token,
      softwareAuthenticator(house.site).create(await beginEnrolment(house.deps, { token, browser })),
    )
    await expect(findEnrolment(house.deps, token)).rejects.toMatchObject({ code: 'enrolment-gone' })
  })

  test('unknown, malformed and expired links are answered alike', async () => {
    const { enrolmentToken, staffId } = await hire()
    await house
      .owner('staff_enrolments')
      .where({ staff_id: staffId })
      .update({ expires_at: new Date(0) })
    for (const token of [enrolmentToken, 'A'.repeat(43), '', "' or 1=1"]) {
      await expect(findEnrolment(house.deps, token)).rejects.toMatchObject({ code: 'enrolment-gone' })
    }
  })

  test('a passkey that somebody already has is refused to a second person', async () => {
    const first = await settle()
    const { enrolmentToken: token } = await hire()
    const options = await beginEnrolment(house.deps, { token, browser })
    await expect(enrol(token, first.passkey.create(options))).rejects.toMatchObject({ code: 'passkey-known' })
  })
})

describe('signing in (R75)', () => {
  const broken: Record<string, Bent> = {
    'from another site': { origin: 'https://phisher.example' },
    'for another relying party': { rpId: 'phisher.example' },
    'inside a frame of another site': { crossOrigin: true },
    'without the person verified': { userVerified: false },
    'signed by another key': { signWith: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey },
    'for another account': { userHandle: Buffer.from('staff:somebody-else').toString('base64url') },
    'without saying whose it is': { userHandle: '' },
    'of a passkey that suddenly may be copied': { backupEligible: true },
    'of the wrong ceremony': { type: 'webauthn.create' },
  }
  test.each(Object.entries(broken))('an answer %s opens no session', async (_, bent) => {
    const ana = await settle()
    const options = await beginStaffSignIn(house.deps, browser)
    await expect(signIn(ana.passkey.get(options, bent))).rejects.toMatchObject(refused)
    expect(await house.owner('staff_sessions').where({ staff_id: ana.staffId })).toEqual([])
    await expect(ana.signIn()).resolves.toHaveProperty('sessionToken')
  })

  test('of twenty parallel tries with one answer exactly one opens a session', async () => {
    const ana = await settle()
    const answer = ana.passkey.get(await beginStaffSignIn(house.deps, browser))
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => signIn(answer)))
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  test('an answer given to another browser, and text that is no answer, are refused', async () => {
    const ana = await settle()
    const answer = ana.passkey.get(await beginStaffSignIn(house.deps, browser))
    await expect(signIn(answer, 'another-browser')).rejects.toMatchObject(refused)
    for (const junk of ['', '{}', 'null', '[]', '{"id":1}', 'x'.repeat(40_000)]) {
      await expect(signIn(junk)).rejects.toMatchObject(refused)
    }
  })

  test('a counter that did not move on opens no session and leaves a trace', async () => {
    const ana = await settle()
    const at = async (counter: number) =>
      signIn(ana.passkey.get(await beginStaffSignIn(house.deps, browser), { counter }))
    await at(7)
    await expect(at(7)).rejects.toMatchObject(refused)
    await expect(at(3)).rejects.toMatchObject(refused)
    expect((await house.trailOf(ana.staffId)).slice(-2)).toEqual([
      'staff.passkey-counter-stood-still',
      'staff.passkey-counter-stood-still',
    ])
  })

  test('somebody disabled neither signs in nor stays in', async () => {
    const ana = await settle()
    const { sessionToken } = await ana.signIn()
    await house.owner('staff').where({ staff_id: ana.staffId }).update({ state: 'disabled' })
    expect(await findStaffSession(house.deps, sessionToken)).toBeUndefined()
    await expect(ana.signIn()).rejects.toMatchObject(refused)
  })
})

describe('a session', () => {
  const age = (staffId: string, column: string, minutes: number) =>
    house
      .owner('staff_sessions')
      .where({ staff_id: staffId })
      .update({ [column]: house.owner.raw(`now() + interval '${minutes} minutes'`) })

  test('ends after 30 idle minutes and after 10 hours, by the clock of the database (R33)', async () => {
    const ana = await settle()
    const idle = await ana.signIn()
    await age(ana.staffId, 'seen_at', -29)
    expect(await findStaffSession(house.deps, idle.sessionToken)).toBeDefined()
    await age(ana.staffId, 'seen_at', -31)
    expect(await findStaffSession(house.deps, idle.sessionToken)).toBeUndefined()

    const long = await ana.signIn()
    const [row] = await house
      .owner('staff_sessions')
      .where({ staff_id: ana.staffId })
      .orderBy('expires_at', 'desc')
    expect(Math.round((row.expires_at.getTime() - row.seen_at.getTime()) / 3_600_000)).toBe(10)
    await age(ana.staffId, 'expires_at', 0)
    expect(await findStaffSession(house.deps, long.sessionToken)).toBeUndefined()
  })

  test('is kept awake by use, and only as a hash', async () => {
    const ana = await settle()
    const { sessionToken } = await ana.signIn()
    await age(ana.staffId, 'seen_at', -20)
    await findStaffSession(house.deps, sessionToken)
    const [row] = await house.owner('staff_sessions').where({ staff_id: ana.staffId })
    expect(Date.now() - row.seen_at.getTime()).toBeLessThan(60_000)
    expect(row.session_hash.toString('base64url')).not.toBe(sessionToken)
  })

  test('replaces the one before it in the same browser (R32)', async () => {
    const ana = await settle()
    const before = await ana.signIn()
    const response = ana.passkey.get(await beginStaffSignIn(house.deps, browser))
    const after = await signInStaff(house.deps, {
      response,
      browser,
      previousSession: before.sessionToken,
      evidence,
    })
    expect(await findStaffSession(house.deps, before.sessionToken)).toBeUndefined()
    expect(await findStaffSession(house.deps, after.sessionToken)).toMatchObject({ staffId: ana.staffId })
  })
})
