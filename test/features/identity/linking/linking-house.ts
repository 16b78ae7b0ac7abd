import { appendAuditEntries, readAuditStream } from '../../../../src/features/audit/index.ts'
import { appendOutboxEvents } from '../../../../src/features/delivery/index.ts'
import { pgIdentityStores } from '../../../../src/features/identity/index.ts'
import { keepApart } from '../../../../src/features/identity/linking/keep-apart.ts'
import type { LinkId } from '../../../../src/features/identity/linking/link.ts'
import { type LinkSubjects, linkSubjects } from '../../../../src/features/identity/linking/link-subjects.ts'
import type { LinkingStores } from '../../../../src/features/identity/linking/linking-stores.ts'
import { pgLinkStore } from '../../../../src/features/identity/linking/pg-link-store.ts'
import { unlinkSubjects } from '../../../../src/features/identity/linking/unlink-subjects.ts'
import type { Actor } from '../../../../src/kernel/actor.ts'
import type { StaffId, SubjectId } from '../../../../src/kernel/ids.ts'
import { systemEntropy } from '../../../../src/platform/crypto/index.ts'
import type { DatabaseConnection } from '../../../../src/platform/db/connection.ts'
import { openLane } from '../../../../src/platform/db/lanes.ts'
import { unitOfWork } from '../../../../src/platform/db/unit-of-work.ts'
import { createTestDatabase } from '../../../support/postgres.ts'
import { evidence } from '../evidence.ts'

export const dpo: Actor = {
  kind: 'staff',
  staffId: systemEntropy.id<'staff'>() as StaffId,
  roles: ['dpo'],
  assurance: 'passkey',
}
export const clock = { now: () => new Date('2026-11-22T12:00:00Z') }

/** The way to write links, on a pool of its own, as one process has it. */
export function openLinking(
  connection: DatabaseConnection,
  requestsOf: () => readonly SubjectId[] = () => [],
) {
  const lane = openLane(connection, 'linking', 10)
  const work = unitOfWork<LinkingStores>(
    lane,
    (trx) => ({
      ...pgIdentityStores(trx),
      links: pgLinkStore(trx),
      requests: { openOf: async (asked) => requestsOf().filter((one) => asked.includes(one)) },
    }),
    async (trx, entries, events) => {
      await appendAuditEntries(trx, entries)
      await appendOutboxEvents(trx, events)
    },
  )
  const parts = { work, clock, entropy: systemEntropy }
  const link = (a: SubjectId, b: SubjectId, more: Partial<LinkSubjects> = {}) =>
    linkSubjects(parts, {
      subjects: [a, b],
      assurance: 'L2',
      rule: 'proven-in-store',
      confidence: 100,
      proof: { code: 'otp-1' },
      actor: dpo,
      evidence,
      ...more,
    })
  const unlink = (subjectId: SubjectId, linkId: LinkId, mistaken = false, actor: Actor = dpo) =>
    unlinkSubjects(parts, { subjectId, linkId, reason: 'asked by the person', mistaken, actor })
  const apart = (a: SubjectId, b: SubjectId) =>
    keepApart(parts, { subjects: [a, b], rule: 'document-check', proof: {}, actor: dpo, evidence })
  return { lane, parts, links: pgLinkStore(lane), link, unlink, apart }
}

/** Accounts on a database of their own, and two pools that write for them. */
export async function openLinkingHouse() {
  const database = await createTestDatabase()
  const owner = openLane(database.connection, 'test-owner', 2)
  let open: readonly SubjectId[] = []
  const one = openLinking(database.appConnection, () => open)
  const other = openLinking(database.appConnection)

  const account = async (state = 'active'): Promise<SubjectId> => {
    const subjectId = systemEntropy.id<'subject'>()
    await owner('subjects').insert({
      subject_id: subjectId,
      state,
      jurisdiction: 'ES',
      language: 'es',
      created_at: clock.now(),
    })
    return subjectId
  }
  return {
    ...one,
    other,
    owner,
    database,
    account,
    accounts: async (count: number) => {
      const made: SubjectId[] = []
      for (let n = 0; n < count; n += 1) made.push(await account())
      return made.sort()
    },
    identifier: (subjectId: SubjectId, kind: string, verified = true) =>
      owner('identifiers').insert({
        subject_id: subjectId,
        identifier_id: systemEntropy.id(),
        kind,
        sealed_value: Buffer.from('sealed'),
        verified_at: verified ? clock.now() : null,
        created_at: clock.now(),
      }),
    openRequestOf: (...subjects: SubjectId[]) => {
      open = subjects
    },
    trailOf: async (subjectId: SubjectId) => {
      const { lines, verdict } = await readAuditStream(owner, subjectId)
      return { actions: lines.map(({ entry }) => String(entry['action'])), entries: lines, verdict }
    },
    eventsOf: (subjectId: SubjectId): Promise<{ type: string; payload: Record<string, unknown> }[]> =>
      owner('outbox_events')
        .where({ subject_id: subjectId })
        .orderBy('subject_version')
        .select('type', 'payload'),
    close: async () => {
      await one.lane.destroy()
      await other.lane.destroy()
      await owner.destroy()
      await database.drop()
    },
  }
}

export type LinkingHouse = Awaited<ReturnType<typeof openLinkingHouse>>
