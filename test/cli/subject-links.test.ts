import { afterAll, beforeAll, expect, test } from 'vitest'
import { people } from '../../demo/seed/people.ts'
import { commandHouse } from '../../src/compose/command-house.ts'
import { objectToMarketing } from '../../src/features/consent/index.ts'
import { parseId } from '../../src/kernel/ids.ts'
import { openLane } from '../../src/platform/db/lanes.ts'
import { subjectCookie } from '../channels/matrix-visitor.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { environment, placet } from './run-placet.ts'

const ana = 'ana@correo.example'
const carmen = 'carmen@correo.example'
const decided = ['--officer', 'dpo@norte.example', '--reason', 'Solicitud 2026-131']
const proven = ['--assurance', 'L2', ...decided]
const newsletter = { brand: 'tienda-norte', purpose: 'marketing.direct', contactChannel: 'email' }

let app: TestApp
let owner: ReturnType<typeof openLane>

beforeAll(async () => {
  app = await startTestApp({ people: true })
  owner = openLane(app.database.connection, 'links-test', 2)
  const roles = [{ role: 'dpo', touchpointId: undefined }] as const
  await house().staff.create({ login: 'dpo@norte.example', displayName: 'DPO', roles })
  const subjectId = parseId<'subject'>(await idOf(carmen))
  if (subjectId === undefined) throw new Error('nobody')
  await objectToMarketing(app.house.ledger, {
    subjectId,
    actor: { kind: 'subject', subjectId, assurance: 'passkey' },
    evidence: { channel: 'web', surface: 'privacy-centre', language: 'es' },
    idempotencyKey: 'carmen-objects',
    controller: app.house.names.controller,
  })
})
afterAll(async () => {
  await owner?.destroy()
  await app?.close()
})

const house = () => commandHouse(app.house)
const run = (...args: readonly string[]) =>
  placet([...args, '--json'], {
    env: { ...environment, DATABASE_URL: 'postgres://nobody@localhost/given-below' },
    openHouse: async () => ({ ...house(), close: async () => undefined }),
  })
const idOf = async (email: string): Promise<string> => {
  const index = Buffer.from(app.house.platform.blindIndex.of('email', email))
  return String((await owner('identifier_lookups').where({ blind_index: index }).first()).subject_id)
}
const answerFor = async (email: string) =>
  (await run('explain', '--subject', await idOf(email), '--purpose', 'marketing.direct')).json().decision
    .decision
const trail = async (email: string, action: string) =>
  (
    await owner('audit_entries')
      .where({ stream_id: await idOf(email) })
      .orderBy('seq')
  )
    .map(({ entry }) => JSON.parse(entry))
    .filter((entry) => entry.action === action)
const told = async (email: string, type: string) =>
  owner('outbox_events')
    .where({ subject_id: await idOf(email), type })
    .orderBy('subject_version')

test('a rehearsal shows the conflict and what would be permitted, and links nobody', async () => {
  expect([await answerFor(ana), await answerFor(carmen)]).toEqual(['PERMIT', 'DENY'])
  const rehearsed = await run('subject', 'link', ana, carmen, ...proven, '--dry-run')
  expect(rehearsed.code, rehearsed.err).toBe(0)
  const [one, other] = [await idOf(ana), await idOf(carmen)]
  expect(rehearsed.json()).toMatchObject({ outcome: 'linked', dryRun: true, members: [one, other].sort() })
  expect(rehearsed.json().conflicts).toContainEqual({
    ...newsletter,
    said: expect.arrayContaining([
      { subjectId: one, state: 'GIVEN', at: expect.any(String) },
      { subjectId: other, state: 'OBJECTED', at: expect.any(String) },
    ]),
  })
  expect(rehearsed.json().permissions).toContainEqual(
    expect.objectContaining({ ...newsletter, subjectId: one, before: 'PERMIT', after: 'DENY' }),
  )
  expect(await answerFor(ana)).toBe('PERMIT')
  expect(await trail(ana, 'subject.linked')).toEqual([])
})

test('linked, the no of one account counts for both; the trail of each names the officer and the reason', async () => {
  const linked = await run('subject', 'link', ana, carmen, ...proven)
  expect(linked.code, linked.err).toBe(0)
  expect(linked.json()).toMatchObject({ outcome: 'linked', dryRun: false })
  expect(await answerFor(ana)).toBe('DENY')
  for (const email of [ana, carmen]) {
    expect(await trail(email, 'subject.linked')).toMatchObject([
      {
        actor: 'system:cli',
        surface: 'command-line',
        reason: 'Solicitud 2026-131',
        facts: { assurance: 'L2', decidedBy: expect.stringMatching(/^staff:/) },
      },
    ])
    expect(await told(email, 'subject.linked')).toHaveLength(1)
  }
  const again = await run('subject', 'link', ana, carmen, ...proven)
  expect(again.json().outcome).toBe('standing')
})

test('undone as a mistake, each is decided on its own answers again and a breach assessment is open for both', async () => {
  const rehearsed = await run('subject', 'unlink', ana, carmen, '--mistaken', ...decided, '--dry-run')
  expect(rehearsed.json().permissions).toContainEqual(
    expect.objectContaining({ ...newsletter, subjectId: await idOf(ana), before: 'DENY', after: 'PERMIT' }),
  )
  expect(await answerFor(ana)).toBe('DENY')
  const ended = await run('subject', 'unlink', ana, carmen, '--mistaken', ...decided)
  expect(ended.code, ended.err).toBe(0)
  expect(await answerFor(ana)).toBe('PERMIT')
  for (const email of [ana, carmen]) {
    expect(await trail(email, 'subject.unlinked')).toMatchObject([
      {
        reason: 'Solicitud 2026-131',
        facts: { mistaken: true, decidedBy: expect.stringMatching(/^staff:/) },
      },
    ])
    expect(await trail(email, 'subject.breach-assessment-opened')).toHaveLength(1)
    expect(await told(email, 'subject.breach-assessment-opened')).toMatchObject([
      { payload: { awareAt: expect.any(String), notifyBy: expect.any(String) } },
    ])
  }
  const gone = await run('subject', 'unlink', ana, carmen, ...decided)
  expect([gone.code, gone.json().error.code]).toEqual([1, 'link-unknown'])
})

test('a mistake of which only the links were ended is told again, until no session of either is left', async () => {
  // As after a crash between the end of the link and the end of the sessions: those of both accounts are still open.
  const sessions = async () => {
    const ids = [parseId<'subject'>(await idOf(ana)), parseId<'subject'>(await idOf(carmen))]
    const open = await Promise.all(
      ids.map((id) => (id === undefined ? expect.fail('nobody') : app.house.oidc.sessions.list(id))),
    )
    return open.map(({ length }) => length)
  }
  for (const email of [ana, carmen]) {
    const { password } = people.find((one) => one.email === email) ?? expect.fail('nobody')
    await subjectCookie(app.origin, email, password)
  }
  expect(await sessions()).toEqual([1, 1])
  const finish = (...more: readonly string[]) =>
    run('subject', 'unlink', carmen, ana, '--mistaken', ...decided, ...more)
  expect((await finish('--dry-run')).json()).toMatchObject({ outcome: 'ended-before', dryRun: true })
  expect(await sessions()).toEqual([1, 1])
  const finished = await finish()
  expect(finished.code, finished.err).toBe(0)
  expect(finished.json()).toMatchObject({ outcome: 'ended-before', mistaken: true })
  expect(finished.json().links).toHaveLength(1)
  expect(await sessions()).toEqual([0, 0])
  expect((await finish()).json().outcome).toBe('ended-before')
  expect(await trail(ana, 'subject.breach-assessment-opened')).toHaveLength(1)
})

test('nobody is linked for a login that is no officer, without a reason, by likeness, or with themselves', async () => {
  const admin = await run(
    'subject',
    'link',
    ana,
    carmen,
    '--assurance',
    'L2',
    '--officer',
    'x@y.example',
    '--reason',
    'x',
  )
  expect(admin.json().error.code).toBe('officer-unknown')
  const silent = await run(
    'subject',
    'link',
    ana,
    carmen,
    '--assurance',
    'L2',
    '--officer',
    'dpo@norte.example',
    '--reason',
    ' ',
  )
  expect(silent.json().error.code).toBe('reason-missing')
  expect((await run('subject', 'link', ana, carmen, '--assurance', 'L0', ...decided)).code).toBe(2)
  const same = await run('subject', 'link', ana, ana, ...proven)
  expect([same.code, same.json()]).toEqual([1, { outcome: 'refused', reason: 'SAME_ACCOUNT', dryRun: false }])
  const wrong = await run('subject', 'link', ana, carmen, ...proven, '--shared', ana, 'otra@correo.example')
  expect(wrong.json().error.code).toBe('contact-point-unknown')
})
