import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Actor } from '../../../src/kernel/actor.ts'
import type { StaffId } from '../../../src/kernel/ids.ts'
import { json } from '../../../src/platform/web/answer.ts'
import { defineRoute } from '../../../src/platform/web/define-route.ts'
import type { Authenticated } from '../../../src/platform/web/ports.ts'
import type { Caller, Exchange } from '../../../src/platform/web/route.ts'
import { ana, type House, noon, openHouse } from './small-house.ts'

const carmen: Actor = { kind: 'staff', staffId: 's' as StaffId, roles: ['dpo'], assurance: 'passkey' }
const people: Readonly<Record<string, Actor>> = {
  ana: { kind: 'subject', subjectId: ana, assurance: 'code' },
  carmen,
  mailing: { kind: 'client', clientId: 'mailing' },
}
const signedInAt = new Date(noon.getTime() - 10 * 60_000)

/** Every gate is shown whoever knocks, so that each must refuse the wrong kind by itself. */
const whoever = async ({ req }: Exchange): Promise<Authenticated | undefined> => {
  const actor = people[String(req.headers['x-test-person'])]
  return actor === undefined ? undefined : { actor, authenticatedAt: signedInAt }
}

let house: House
beforeAll(async () => {
  const door = (name: string, caller: Caller) =>
    defineRoute({
      name,
      method: 'GET',
      path: `/${name}`,
      caller,
      query: z.record(z.string(), z.string()),
      answers: [200],
      handle: async (request) => json(request.actor),
    })
  house = await openHouse({
    routes: [
      door('anyone', { who: 'anyone' }),
      door('subject', { who: 'subject' }),
      door('passkey', { who: 'subject', assurance: 'passkey' }),
      door('fresh', { who: 'subject', maxAgeSeconds: 300 }),
      door('fresh-enough', { who: 'subject', maxAgeSeconds: 600 }),
      door('staff', { who: 'staff', power: 'requests.answer' }),
      door('staff-other', { who: 'staff', power: 'keys.rotate' }),
      door('client', { who: 'client', scope: 'profiles.read' }),
      door('client-other', { who: 'client', scope: 'profiles.write' }),
    ],
    gatekeepers: {
      subject: whoever,
      staff: whoever,
      client: whoever,
      staffMay: (_, power) => power === 'requests.answer',
      clientMay: (_, scope) => scope === 'profiles.read',
      signInLocation: (caller, to) =>
        caller.who === 'client' ? undefined : `/sign-in?to=${encodeURIComponent(to)}`,
    },
  })
})
afterAll(() => house.server.close(100))

const knock = (door: string, person: string, headers: Record<string, string> = {}) =>
  house.send(`/${door}`, { headers: { 'x-test-person': person, ...headers } })

describe('who may enter (R103)', () => {
  test.each([
    ['anyone', [200, 200, 200, 200]],
    ['subject', [401, 200, 401, 401]],
    ['passkey', [401, 401, 401, 401]],
    ['fresh', [401, 401, 401, 401]],
    ['fresh-enough', [401, 200, 401, 401]],
    ['staff', [401, 401, 200, 401]],
    ['staff-other', [401, 401, 403, 401]],
    ['client', [401, 401, 401, 200]],
    ['client-other', [401, 401, 401, 403]],
  ])('%s answers nobody, Ana, Carmen and a client with %j', async (door, statuses) => {
    const answers = await Promise.all(['nobody', 'ana', 'carmen', 'mailing'].map((one) => knock(door, one)))
    expect(answers.map(({ status }) => status)).toEqual(statuses)
  })

  test('nothing that is sent replaces who was recognised (R106)', async () => {
    const answer = await knock('subject?actor=bruno&subjectId=bruno&userId=bruno', 'ana', {
      'x-user': 'bruno',
      'x-actor': 'bruno',
    })
    expect(JSON.parse(answer.text)).toEqual(people['ana'])
  })
})

describe('somebody who is not recognised yet', () => {
  test('is sent to sign in when it is a person looking at a page, and comes back', async () => {
    const answer = await knock('subject?a=1', 'nobody', { accept: 'text/html' })
    expect([answer.status, answer.headers.location]).toEqual([303, '/sign-in?to=%2Fsubject%3Fa%3D1'])
    expect((await knock('passkey', 'ana', { accept: 'text/html' })).status).toBe(303)
    expect((await knock('staff-other', 'carmen', { accept: 'text/html' })).status).toBe(403)
  })

  test('is told what a token lacks when it is a client (RFC 6750)', async () => {
    const said = async (door: string, person: string, headers: Record<string, string> = {}) =>
      (await knock(door, person, headers)).headers['www-authenticate']
    expect(await said('client', 'nobody')).toBe('Bearer')
    expect(await said('client', 'nobody', { authorization: 'Bearer stale' })).toBe(
      'Bearer error="invalid_token"',
    )
    expect(await said('client-other', 'mailing')).toBe(
      'Bearer error="insufficient_scope", scope="profiles.write"',
    )
    expect(await said('subject', 'nobody')).toBeUndefined()
  })
})
