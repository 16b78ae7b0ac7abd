import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { clusterOf } from '../../../../src/features/identity/linking/cluster-of.ts'
import type { Actor } from '../../../../src/kernel/actor.ts'
import type { SubjectId } from '../../../../src/kernel/ids.ts'
import { clock, dpo, type LinkingHouse, openLinkingHouse } from './linking-house.ts'

let house: LinkingHouse
let web: SubjectId
let card: SubjectId
let app: SubjectId
let kiosk: SubjectId
beforeAll(async () => {
  house = await openLinkingHouse()
})
afterAll(() => house.close())
beforeEach(async () => {
  const made = await house.accounts(4)
  ;[web, card, app, kiosk] = made as [SubjectId, SubjectId, SubjectId, SubjectId]
  house.openRequestOf()
})

const linked = async (...pair: Parameters<LinkingHouse['link']>) => {
  const outcome = await house.link(...pair)
  if (outcome.outcome === 'refused') throw new Error(outcome.reason)
  return outcome.linkId
}
const membersOf = async (subjectId: SubjectId) => (await house.links.clustersOf([subjectId]))[0]?.members

describe('When Ana proves that the web account and the store card are both hers', () => {
  test('they are one person by the oldest account, and each account has the proof in its own trail', async () => {
    const outcome = await house.link(card, web)
    expect(outcome).toMatchObject({ outcome: 'linked', cluster: { canonical: web, members: [web, card] } })
    for (const account of [web, card]) {
      expect(await membersOf(account)).toEqual([web, card])
      const { actions, verdict } = await house.trailOf(account)
      expect(actions).toEqual(['subject.linked'])
      expect(verdict.intact).toBe(true)
      expect(await house.eventsOf(account)).toMatchObject([
        { type: 'subject.linked', payload: { canonical: web, members: [web, card] } },
      ])
    }
  })

  test('the link says who, by which rule, how proven and how sure, and reads the same from either side', async () => {
    const point = { contactPoint: house.parts.entropy.id<'identifier'>() as never }
    const shared = { ...point, otherContactPoint: house.parts.entropy.id<'identifier'>() as never }
    const linkId = await linked(card, web, {
      assurance: 'L1',
      rule: 'verified-contact-point',
      confidence: 97,
      shared,
    })
    const [mine, theirs] = [await house.links.find(card, linkId), await house.links.find(web, linkId)]
    expect(mine).toEqual(theirs)
    expect(mine?.link).toMatchObject({
      kind: 'same-person',
      subjects: [web, card],
      assurance: 'L1',
      rule: 'verified-contact-point',
      confidence: 97,
      proof: { code: 'otp-1' },
      shared: { contactPoint: shared.otherContactPoint, otherContactPoint: shared.contactPoint },
      assertedBy: `staff:${dpo.kind === 'staff' && dpo.staffId}`,
      at: clock.now(),
    })
  })

  test('the same link said again adds nothing, and a surer one is a fact of its own', async () => {
    const first = await linked(web, card, { assurance: 'L1' })
    expect(await house.link(card, web, { assurance: 'L1' })).toMatchObject({
      outcome: 'standing',
      linkId: first,
    })
    const second = await linked(web, card, { assurance: 'L2' })
    expect((await house.links.history(web)).map(({ link }) => link.linkId)).toEqual([first, second])
    expect((await house.trailOf(web)).actions).toEqual(['subject.linked', 'subject.linked'])
    await house.unlink(web, first)
    expect(await membersOf(card)).toEqual([web, card])
  })

  test('a third account joins both, and leaves them as they were when its link ends', async () => {
    await linked(web, card)
    const third = await linked(card, app)
    expect(await membersOf(web)).toEqual([web, card, app])
    const outcome = await house.unlink(app, third)
    expect(outcome).toMatchObject({
      outcome: 'unlinked',
      clusters: [{ members: [web, card] }, { members: [app] }],
    })
    expect(await membersOf(app)).toEqual([app])
    expect(await membersOf(web)).toEqual([web, card])
    expect((await house.eventsOf(web)).at(-1)).toMatchObject({
      type: 'subject.unlinked',
      payload: { canonical: web, members: [web, card], mistaken: false },
    })
    expect((await house.owner('subject_clusters').where({ subject_id: app })).length).toBe(0)
  })

  test('an account held by two links stays when one of them ends', async () => {
    const direct = await linked(web, card)
    await linked(card, app)
    await linked(web, app)
    expect((await house.unlink(web, direct)).clusters).toMatchObject([{ members: [web, card, app] }])
    expect((await house.trailOf(app)).actions).not.toContain('subject.unlinked')
  })

  test('a mistaken link says so to whoever looks into breaches, and its end is told once', async () => {
    const linkId = await linked(web, card)
    await house.unlink(card, linkId, true)
    expect(await house.unlink(web, linkId, true)).toMatchObject({ outcome: 'ended-before' })
    const ends = (await house.eventsOf(card)).filter(({ type }) => type === 'subject.unlinked')
    expect(ends).toMatchObject([{ payload: { mistaken: true } }])
    for (const [one, other] of [
      [web, card],
      [card, web],
    ] as const) {
      const told = (await house.eventsOf(one)).filter(
        ({ type }) => type === 'subject.breach-assessment-opened',
      )
      const awareAt = clock.now().toISOString()
      expect(told).toMatchObject([
        { payload: { linkId, other, awareAt, notifyBy: '2026-11-25T12:00:00.000Z' } },
      ])
      expect((await house.trailOf(one)).actions).toContain('subject.breach-assessment-opened')
    }
    expect((await house.links.history(card))[0]?.end).toMatchObject({
      mistaken: true,
      reason: 'asked by the person',
    })
  })
})

describe('What would make one of two people is refused', () => {
  const refusedWith = async (reason: string, pair: readonly [SubjectId, SubjectId] = [web, card]) => {
    expect(await house.link(...pair)).toEqual({ outcome: 'refused', reason })
    expect(await membersOf(pair[0])).not.toContain(pair[1])
    expect((await house.trailOf(pair[0])).actions.at(-1)).toBe('subject.link-refused')
  }

  test('likeness of name and birthday', async () => {
    expect(await house.link(web, card, { assurance: 'L0' })).toEqual({
      outcome: 'refused',
      reason: 'INSUFFICIENT_LINK_ASSURANCE',
    })
    expect(await house.links.history(web)).toEqual([])
  })

  test.each(['blocked', 'erased'])('an account that is %s', async (state) => {
    await house.owner('subjects').where({ subject_id: card }).update({ state })
    await refusedWith('PROFILE_BLOCKED')
  })

  test('an account with a request still open, also when it hangs on one of the two', async () => {
    await linked(card, app)
    house.openRequestOf(app)
    await refusedWith('REQUEST_OPEN')
    house.openRequestOf()
    await linked(web, card)
  })

  test('two people whom somebody told apart, also by a way round over a third account', async () => {
    expect(await house.apart(web, app)).toMatchObject({ outcome: 'kept-apart' })
    await linked(web, card)
    await refusedWith('SAID_TO_BE_DIFFERENT', [card, app])
    expect((await house.eventsOf(card)).at(-1)).toMatchObject({
      type: 'subject.link-alarm',
      payload: { reason: 'SAID_TO_BE_DIFFERENT' },
    })
    const [different] = (await house.links.inForce([app])).filter(({ kind }) => kind === 'different-people')
    await house.unlink(app, different!.linkId)
    await linked(card, app)
  })

  test('and nobody is told apart who is one person by links in force', async () => {
    await linked(web, card)
    await linked(card, app)
    expect(await house.apart(web, app)).toEqual({ outcome: 'refused', reason: 'ONE_PERSON_BY_LINKS' })
  })

  test('two loyalty cards, each verified, of which a person holds one', async () => {
    await house.identifier(web, 'loyalty_card')
    await house.identifier(card, 'loyalty_card', false)
    const unverified = await linked(web, card)
    await house.unlink(web, unverified)
    await house.identifier(card, 'loyalty_card')
    await refusedWith('DIFFERENT_IDENTIFIERS')
    await linked(card, app)
    await refusedWith('DIFFERENT_IDENTIFIERS', [web, app])
  })

  test('while two verified addresses are what one person with two accounts has', async () => {
    await house.identifier(web, 'email')
    await house.identifier(card, 'email')
    expect(await house.link(web, card)).toMatchObject({ outcome: 'linked' })
  })

  test('an account with itself, and one that does not exist', async () => {
    expect(await house.link(web, web)).toEqual({ outcome: 'refused', reason: 'SAME_ACCOUNT' })
    const nobody = house.parts.entropy.id<'subject'>()
    await expect(house.link(web, nobody)).rejects.toMatchObject({ code: 'subject-unknown' })
  })
})

test('a cluster that grows large raises an alarm, and does not grow past its bound', async () => {
  const accounts = await house.accounts(21)
  const [first, ...rest] = accounts as [SubjectId, ...SubjectId[]]
  for (const one of rest.slice(0, 19)) await linked(first, one)
  expect(await membersOf(first)).toHaveLength(20)
  expect(await house.link(first, rest[19]!)).toEqual({ outcome: 'refused', reason: 'CLUSTER_TOO_LARGE' })
  expect(await membersOf(first)).toHaveLength(20)
  const alarms = (await house.eventsOf(first)).filter(({ type }) => type === 'subject.link-alarm')
  expect(alarms.map(({ payload }) => payload['size'])).toEqual([
    ...Array.from({ length: 13 }, (_, n) => n + 8),
    21,
  ])
})

describe('Who may say that accounts are one person’s', () => {
  const agent: Actor = { ...dpo, roles: ['agent', 'store-manager'] } as Actor
  const ana = (): Actor => ({ kind: 'subject', subjectId: web, assurance: 'passkey' })

  test('the DPO, an administrator and our own rules may, and nobody else', async () => {
    const admin: Actor = { ...dpo, roles: ['admin'] } as Actor
    const rule: Actor = { kind: 'system', name: 'link-by-contact-point' }
    for (const [one, actor] of [
      [card, admin],
      [app, rule],
    ] as const)
      expect(await house.link(web, one, { actor })).toMatchObject({ outcome: 'linked' })
    for (const actor of [
      agent,
      ana(),
      { kind: 'client', clientId: 'crm' } as const,
      { kind: 'anonymous' } as const,
    ]) {
      await expect(house.link(web, kiosk, { actor })).rejects.toMatchObject({ code: 'linking-not-allowed' })
      const [link] = await house.links.inForce([web])
      await expect(house.unlink(web, link!.linkId, false, actor)).rejects.toMatchObject({
        code: 'linking-not-allowed',
      })
    }
  })

  test('the person may know which accounts are held to be theirs, and an agent may not', async () => {
    await linked(web, card)
    const reads = { links: house.links }
    expect(await clusterOf(reads, { subjectId: web, actor: ana() })).toMatchObject({
      cluster: { canonical: web, members: [web, card] },
      links: [{ rule: 'proven-in-store' }],
    })
    await expect(clusterOf(reads, { subjectId: card, actor: ana() })).rejects.toMatchObject({
      code: 'linking-not-allowed',
    })
    await expect(clusterOf(reads, { subjectId: web, actor: agent })).rejects.toMatchObject({
      code: 'linking-not-allowed',
    })
  })
})

describe('Links are facts', () => {
  test.each(['subject_links', 'subject_link_ends'])(
    'the application can neither change nor remove a row of %s (R89)',
    async (table) => {
      for (const sql of [
        `update ${table} set link_id = link_id`,
        `delete from ${table}`,
        `truncate ${table}`,
      ])
        await expect(house.lane.raw(sql), sql).rejects.toMatchObject({ code: '42501' })
    },
  )

  test('a unit that fails after the link leaves no link, no cluster, no proof and no message', async () => {
    const broken = {
      ...house.parts,
      work: ((act) =>
        house.parts.work(async (tx) => {
          await act(tx)
          throw new Error('power cut')
        })) as typeof house.parts.work,
    }
    const { linkSubjects } = await import('../../../../src/features/identity/linking/link-subjects.ts')
    await expect(
      linkSubjects(broken, {
        subjects: [web, card],
        assurance: 'L2',
        rule: 'proven-in-store',
        confidence: 100,
        proof: {},
        actor: dpo,
        evidence: { channel: 'web', surface: 'test', language: 'es' },
      }),
    ).rejects.toThrow('power cut')
    expect(await house.links.history(web)).toEqual([])
    expect(await membersOf(web)).toEqual([web])
    expect((await house.trailOf(web)).actions).toEqual([])
    expect(await house.eventsOf(web)).toEqual([])
  })
})
