import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  announceLift,
  type LiftParts,
  liftRestriction,
  pgLiftNoticeReads,
  restrictProcessing,
} from '../../../src/features/consent/index.ts'
import { identifierPlace, pgIdentityReads } from '../../../src/features/identity/index.ts'
import type { Actor } from '../../../src/kernel/actor.ts'
import type { SubjectId } from '../../../src/kernel/ids.ts'
import { type ConsentHouse, evidence, house, openConsentHouse } from './consent-house.ts'

let norte: ConsentHouse
let parts: LiftParts
let officer: Actor
const day = 86_400_000
const sent: string[] = []

beforeAll(async () => {
  norte = await openConsentHouse()
  officer = { kind: 'staff', staffId: norte.entropy.id(), roles: ['dpo'], assurance: 'passkey' }
  parts = {
    ...norte.parts,
    sealer: norte.sealer,
    reads: pgIdentityReads(norte.lane),
    liftWork: norte.work,
    liftNotices: pgLiftNoticeReads(norte.lane),
    messages: {
      restrictionEnds: async (to) => {
        sent.push(to.kind)
        return { messageId: '<m@tiendanorte.example>', templateHash: 'A'.repeat(43) }
      },
    },
    textMessages: false,
  }
})
afterAll(() => norte.close())

const command = (subjectId: SubjectId) => ({
  subjectId,
  actor: officer,
  evidence,
  idempotencyKey: norte.entropy.id(),
  controller: house.controller,
  decision: { decidedBy: norte.entropy.id<'staff'>(), reason: 'Solicitud 7' },
  scope: ['marketing.*'],
})

async function restricted(name: string): Promise<SubjectId> {
  const subjectId = await norte.register(name)
  await restrictProcessing(norte.parts, { ...command(subjectId), ground: 'accuracy' })
  norte.pass(1000)
  return subjectId
}

const trail = async (subjectId: SubjectId, action: string) =>
  (await norte.owner('audit_entries').where({ stream_id: subjectId }).orderBy('seq'))
    .map(({ entry }) => JSON.parse(entry))
    .filter((entry) => entry.action === action)

test('a form that is sent twice at one moment is one notice and one message (R92)', async () => {
  const ana = await restricted('Ana')
  const once = command(ana)
  const before = sent.length
  const both = await Promise.allSettled([announceLift(parts, once), announceLift(parts, once)])
  expect(both.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThan(0)
  for (const one of both) {
    if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'notice-being-sent' })
  }
  expect(sent).toHaveLength(before + 1)
  const [notice, ...others] = await parts.liftNotices.of(ana)
  expect(others).toEqual([])
  expect(await announceLift(parts, once)).toMatchObject({ noticeId: notice?.noticeId })
  expect(sent).toHaveLength(before + 1)
  expect(await trail(ana, 'consent.restriction-lift-told')).toMatchObject([{ facts: { by: 'email' } }])
})

test('who has only a telephone is told by text, and where no text can leave nothing is written down', async () => {
  const ines = await restricted('Ines')
  const [{ identifier_id: point }] = await norte.owner('identifiers').where({ subject_id: ines })
  const number = await norte.sealer.sealText(ines, identifierPlace(point), '+34600111222')
  await norte
    .owner('identifiers')
    .where({ subject_id: ines })
    .update({ kind: 'phone', sealed_value: Buffer.from(number) })
  await expect(announceLift(parts, command(ines))).rejects.toMatchObject({ code: 'nobody-to-tell' })
  expect(await parts.liftNotices.of(ines)).toEqual([])
  expect(await trail(ines, 'consent.restriction-lift-announced')).toEqual([])
  const withGateway = { ...parts, textMessages: true }
  const once = command(ines)
  await announceLift(withGateway, once)
  await announceLift(withGateway, once)
  expect(sent.filter((kind) => kind === 'phone')).toHaveLength(1)
  expect(await trail(ines, 'consent.restriction-lift-told')).toMatchObject([{ facts: { by: 'sms' } }])
  norte.pass(3 * day + 1000)
  expect(await liftRestriction(withGateway, command(ines))).toMatchObject({ outcome: 'recorded' })
})

test('who was told by letter is told from the day on which it arrived, and then it may end (Art. 18(3))', async () => {
  const bruno = await restricted('Bruno')
  const told = (at: Date) => ({ ...command(bruno), told: { by: 'letter', at } as const })
  const now = norte.clock.now().getTime()
  for (const at of [now - day, now + day]) {
    await expect(announceLift(parts, told(new Date(at)))).rejects.toMatchObject({ code: 'told-day' })
  }
  const before = sent.length
  norte.pass(2 * day)
  const arrived = new Date(now + day)
  const { endsAfter } = await announceLift(parts, told(arrived))
  expect(endsAfter).toEqual(new Date(now + 4 * day))
  expect(sent).toHaveLength(before)
  expect(await trail(bruno, 'consent.restriction-lift-told')).toMatchObject([
    { reason: 'Solicitud 7', facts: { by: 'letter', toldAt: arrived.toISOString() } },
  ])
  await expect(liftRestriction(parts, command(bruno))).rejects.toMatchObject({ code: 'person-not-told' })
  norte.pass(2 * day)
  expect(await liftRestriction(parts, command(bruno))).toMatchObject({ outcome: 'recorded' })
})
