import { appendAuditEntries } from '../../../../src/features/audit/index.ts'
import {
  type MergingParts,
  mergeSubjects,
  pgAccountReader,
  pgConsentStores,
  pgPermissionReads,
  unmergeSubjects,
  whoMayBeContacted,
} from '../../../../src/features/consent/index.ts'
import { decideKeyInCluster } from '../../../../src/features/consent/merging/decide-in-cluster.ts'
import { appendOutboxEvents } from '../../../../src/features/delivery/index.ts'
import { type LinkSubjects, pgIdentityStores, pgLinkStore } from '../../../../src/features/identity/index.ts'
import type { Actor } from '../../../../src/kernel/actor.ts'
import type { ContactChannel } from '../../../../src/kernel/evidence.ts'
import type { IdentifierId, SubjectId } from '../../../../src/kernel/ids.ts'
import { openLane } from '../../../../src/platform/db/lanes.ts'
import { unitOfWork } from '../../../../src/platform/db/unit-of-work.ts'
import { evidence, house, openConsentHouse } from '../consent-house.ts'

const officer: Actor = { kind: 'system', name: 'link-by-proof' }

/** Tienda Norte, with accounts that may be found to be one person's. */
export async function openMergingHouse() {
  const norte = await openConsentHouse()
  const lane = openLane(norte.database.appConnection, 'merging', 10)
  const facts = pgAccountReader(norte.reader, { sealer: norte.sealer, controller: house.controller })
  const reads = pgPermissionReads(norte.reader)
  const work = unitOfWork(
    lane,
    (trx) => ({
      ...pgIdentityStores(trx),
      ...pgConsentStores(trx),
      links: pgLinkStore(trx),
      requests: { openOf: async () => [] },
    }),
    async (trx, entries, events) => {
      await appendAuditEntries(trx, entries)
      await appendOutboxEvents(trx, events)
    },
  )
  const links = pgLinkStore(lane)
  const parts: MergingParts = {
    work,
    clock: norte.clock,
    entropy: norte.entropy,
    registry: norte.registry,
    facts,
    reads,
    links,
  }
  const contactPointOf = async (subjectId: SubjectId): Promise<IdentifierId> => {
    const row = await norte.owner('identifiers').first('identifier_id').where({ subject_id: subjectId })
    return row?.identifier_id
  }
  const now = () => norte.clock.now().getTime()

  return {
    norte,
    parts,
    facts,
    reads,
    links,
    merge: (a: SubjectId, b: SubjectId, more: Partial<LinkSubjects> = {}) =>
      mergeSubjects(parts, {
        subjects: [a, b],
        assurance: 'L2',
        rule: 'proven-in-store',
        confidence: 100,
        proof: { code: 'otp-1' },
        actor: officer,
        evidence,
        ...more,
      }),
    unmerge: async (a: SubjectId, b: SubjectId, mistaken = false) => {
      const both = (await links.inForce([a])).filter(({ subjects }) => subjects.includes(b))
      for (const { linkId } of both)
        await unmergeSubjects(parts, { subjectId: a, linkId, reason: 'asked', mistaken, actor: officer })
      return both.length
    },
    contactPointOf,
    /** Whether the newsletter may be sent, as the one decision about the account says now. */
    single: async (subjectId: SubjectId, purpose: string, contactChannel: ContactChannel) => {
      const known = await facts.find(subjectId)
      if (known === undefined) throw new Error('nobody')
      const contactPoint = known.facts.contactPoints?.[contactChannel]
      const key = {
        ...house,
        purpose,
        contactChannel,
        ...(contactPoint === undefined ? {} : { contactPoint }),
      }
      return decideKeyInCluster(key, known.facts, norte.registry.current(), now())
    },
    kept: async (subjectId: SubjectId): Promise<readonly Readonly<Record<string, unknown>>[]> => {
      const rows = await norte
        .owner('permissions')
        .where({ subject_id: subjectId })
        .orderBy(['purpose_id', 'contact_channel', 'contact_point'])
      return rows.map(({ decided_at: _, ...row }: Record<string, unknown>) => row)
    },
    contactable: async (purpose: string, contactChannel: ContactChannel) => {
      const page = await whoMayBeContacted({ ...parts, reads }, { ...house, purpose, contactChannel })
      return page.people.map(({ subjectId }) => subjectId)
    },
    close: async () => {
      await lane.destroy()
      await norte.close()
    },
  }
}

export type MergingHouse = Awaited<ReturnType<typeof openMergingHouse>>
