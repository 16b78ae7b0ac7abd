import { expect } from 'vitest'
import { appendAuditEntries } from '../../../../src/features/audit/index.ts'
import {
  decideKey,
  type MergingParts,
  mergeSubjects,
  objectToPurpose,
  pgConsentStores,
  pgPermissionReads,
  previewMerge,
  recordChoices,
  redecidePermissions,
  redecidingWork,
  restrictProcessing,
  suppressContact,
  unmergeSubjects,
  whoMayBeContacted,
} from '../../../../src/features/consent/index.ts'
import { appendOutboxEvents } from '../../../../src/features/delivery/index.ts'
import { type LinkSubjects, pgIdentityStores, pgLinkStore } from '../../../../src/features/identity/index.ts'
import { declareAttributes, pgProfileStores } from '../../../../src/features/profile/index.ts'
import type { Actor } from '../../../../src/kernel/actor.ts'
import type { ContactChannel } from '../../../../src/kernel/evidence.ts'
import type { IdentifierId, SubjectId } from '../../../../src/kernel/ids.ts'
import { openLane } from '../../../../src/platform/db/lanes.ts'
import { unitOfWork } from '../../../../src/platform/db/unit-of-work.ts'
import { evidence, house, openConsentHouse, sharedActs } from '../consent-house.ts'

const officer: Actor = { kind: 'system', name: 'link-by-proof' }

const linking = {
  assurance: 'L2',
  rule: 'proven-in-store',
  confidence: 100,
  proof: { code: 'otp-1' },
  actor: officer,
  evidence,
} as const

/** Tienda Norte, with accounts that may be found to be one person's. */
export async function openMergingHouse() {
  const norte = await openConsentHouse()
  const lane = openLane(norte.database.appConnection, 'merging', 10)
  const facts = norte.parts.facts
  const opening = { sealer: norte.sealer, controller: house.controller }
  const reads = pgPermissionReads(norte.reader)
  const ordinary = unitOfWork(
    lane,
    (trx) => ({
      ...pgIdentityStores(trx),
      ...pgProfileStores(trx),
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
  const { clock, entropy, registry } = norte
  const deciding = { clock, entropy, registry, opening }
  // Everything of this house is written by a work that redecides, the shared statement of acts included.
  const work = redecidingWork(ordinary, deciding)
  const shared = sharedActs(norte.database.appConnection, work, norte.sharedPool)
  const parts = { work, clock, entropy } satisfies MergingParts
  const ledger = { ...norte.parts, work: shared.work }
  const contactPointOf = async (subjectId: SubjectId): Promise<IdentifierId> => {
    const row = await norte.owner('identifiers').first('identifier_id').where({ subject_id: subjectId })
    return row?.identifier_id
  }
  const by = (subjectId: SubjectId) => ({
    subjectId,
    actor: norte.asSubject(subjectId),
    evidence,
    idempotencyKey: entropy.id(),
  })
  const now = () => norte.clock.now().getTime()

  return {
    norte,
    parts,
    work,
    /** The same without deciding anything again at the end of a unit. */
    ordinary,
    ledger,
    facts,
    reads,
    links,
    merge: (a: SubjectId, b: SubjectId, more: Partial<LinkSubjects> = {}) =>
      mergeSubjects(parts, { ...linking, subjects: [a, b], ...more }),
    unmerge: async (a: SubjectId, b: SubjectId, mistaken = false) => {
      const both = (await links.inForce([a])).filter(({ subjects }) => subjects.includes(b))
      for (const { linkId } of both)
        await unmergeSubjects(parts, { subjectId: a, linkId, reason: 'asked', mistaken, actor: officer })
      return both.length
    },
    contactPointOf,
    say: (subjectId: SubjectId, purpose: string, channel: ContactChannel, answer: 'yes' | 'no' | 'later') =>
      recordChoices(ledger, norte.command(subjectId, [norte.choice(purpose, channel, answer)])),
    declare: (subjectId: SubjectId, attributeId: string, value: string | number | undefined) =>
      declareAttributes(
        { work, catalogue: norte.catalogue, sealer: norte.sealer, clock, entropy },
        {
          subjectId,
          declarations: [{ attributeId, value }],
          provenance: 'declared',
          source: 'web',
          actor: norte.asSubject(subjectId),
          evidence,
        },
      ),
    object: (subjectId: SubjectId, purpose: string) =>
      objectToPurpose(ledger, { ...by(subjectId), ...house, purpose }),
    restrict: (subjectId: SubjectId, scope: string) =>
      restrictProcessing(ledger, {
        ...by(subjectId),
        actor: { kind: 'system', name: 'cli' },
        decision: { decidedBy: entropy.id<'staff'>(), reason: 'asked' },
        controller: house.controller,
        scope: [scope],
        ground: 'accuracy',
      }),
    suppress: (subjectId: SubjectId, contactChannel: ContactChannel) =>
      suppressContact(
        { work, clock, entropy, registry, facts },
        { ...by(subjectId), actor: officer, contactChannel, reason: 'complaint', source: 'test' },
      ),
    /** What merging them would come to. */
    preview: (a: SubjectId, b: SubjectId, more: Partial<LinkSubjects> = {}) =>
      previewMerge({ ...parts, registry, opening }, [a, b], (rehearsing) =>
        mergeSubjects(rehearsing, { ...linking, subjects: [a, b], ...more }),
      ),
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
      return decideKey(key, known.facts, norte.registry.current(), now())
    },
    kept: async (subjectId: SubjectId): Promise<readonly Readonly<Record<string, unknown>>[]> => {
      const rows = await norte
        .owner('permissions')
        .where({ subject_id: subjectId })
        .orderBy(['purpose_id', 'contact_channel', 'contact_point'])
      return rows.map(({ decided_at: _, ...row }: Record<string, unknown>) => row)
    },
    /** Every kept answer of these accounts is, in full, the one that the decision gives when it is asked now. */
    expectKeptAsSingle: async (accounts: readonly SubjectId[]) => {
      for (const one of accounts) {
        const known = await facts.find(one)
        if (known === undefined) throw new Error('nobody')
        for (const row of await norte.parts.records.permissionsOf(one)) {
          const { controller, brand, purpose, contactChannel, contactPoint, decidedAt: _, ...kept } = row
          const point = contactPoint === undefined ? {} : { contactPoint }
          const key = {
            controller,
            brand,
            purpose,
            contactChannel: contactChannel as ContactChannel,
            ...point,
          }
          const single = decideKey(key, known.facts, registry.current(), now())
          const { decision, attributes, reconsentMin, reason, basis, validUntil } = single
          const answer = { decision, attributes, reconsentMin, reason, basis: basis ?? undefined }
          const until = validUntil === null ? undefined : new Date(validUntil)
          expect([one, key, kept]).toEqual([one, key, { ...answer, validUntil: until }])
        }
      }
    },
    /** The first mark of the registry, so that kept answers count. */
    begin: async () => {
      await redecidePermissions({ ...norte.parts, work, registry, reads })
      norte.pass(11_000)
    },
    contactable: async (purpose: string, contactChannel: ContactChannel) => {
      const page = await whoMayBeContacted(
        { ...parts, registry, reads },
        { ...house, purpose, contactChannel },
      )
      return page.people.map(({ subjectId }) => subjectId)
    },
    close: async () => {
      await lane.destroy()
      await norte.close()
    },
  }
}

export type MergingHouse = Awaited<ReturnType<typeof openMergingHouse>>
