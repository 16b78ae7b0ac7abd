import type { Query } from '../../../src/features/consent/decision/matter.ts'
import { decide } from '../../../src/features/consent/decision.ts'
import {
  explainFor,
  moveSubject,
  pgPastFacts,
  pgPermissionReads,
  pgRegistrySource,
} from '../../../src/features/consent/index.ts'
import { pgLinkStore, type SamePerson } from '../../../src/features/identity/index.ts'
import { declareAttributes } from '../../../src/features/profile/index.ts'
import type { IdentifierId, SubjectId } from '../../../src/kernel/ids.ts'
import { type ConsentHouse, dpo, evidence, house, openConsentHouse } from './consent-house.ts'

export const newsletter = {
  ...house,
  system: 'newsletter',
  purpose: 'marketing.direct',
  contactChannel: 'email',
  attribute: 'email',
  campaignCategory: 'fashion',
} as const satisfies Query

export const pastOf = ({ reader, sealer }: Pick<ConsentHouse, 'reader' | 'sealer'>) =>
  pgPastFacts(reader, { sealer, controller: house.controller })

/** Tienda Norte, where everything about a person that a decision rests on may change, and the past is asked about. */
export async function openExplainHouse() {
  const norte = await openConsentHouse()
  const { work, clock, entropy, registry, reader, lane } = norte
  const parts = {
    ...norte.parts,
    work,
    registry,
    past: pgRegistrySource(lane),
    pastFacts: pastOf(norte),
  }
  const links = pgLinkStore(lane)
  const noted = (subjectId: SubjectId) => ({
    action: 'test',
    actor: dpo,
    at: clock.now(),
    subjectId,
    facts: {},
  })
  const contactPointOf = async (subjectId: SubjectId): Promise<IdentifierId> =>
    (await norte.owner('identifiers').first('identifier_id').where({ subject_id: subjectId }))?.identifier_id

  return {
    ...norte,
    parts: { ...parts, reads: pgPermissionReads(reader) },
    contactPointOf,
    live: async (subjectId: SubjectId, query: Query) => {
      const known = await norte.parts.facts.find(subjectId)
      if (known === undefined) throw new Error('nobody')
      return decide(query, known.facts, registry.current(), clock.now().getTime())
    },
    asOf: async (subjectId: SubjectId, query: Query, asOf: Date) => {
      const told = await explainFor(parts, { subjectId, query, asOf })
      if (told === undefined) throw new Error('nobody')
      return told
    },
    move: (subjectId: SubjectId, jurisdiction: string) =>
      moveSubject({ ...parts, reads: pgPermissionReads(reader) }, { subjectId, actor: dpo, jurisdiction }),
    born: (subjectId: SubjectId, year: number) =>
      declareAttributes(
        { ...norte, catalogue: norte.catalogue },
        {
          subjectId,
          declarations: [{ attributeId: 'birth_date', value: `${year}-01-01` }],
          provenance: 'declared',
          source: 'web:privacy-centre',
          actor: norte.asSubject(subjectId),
          evidence,
        },
      ),
    become: (subjectId: SubjectId, state: 'active' | 'locked' | 'blocked' | 'erased') =>
      work(async ({ subjects, audit }) => {
        await subjects.setState(subjectId, state, clock.now())
        await audit.record(noted(subjectId))
      }),
    addAddress: async (subjectId: SubjectId, verified: boolean): Promise<IdentifierId> => {
      const identifierId = entropy.id<'identifier'>()
      const createdAt = clock.now()
      await work(async ({ identifiers, audit }) => {
        await identifiers.insert({
          subjectId,
          identifierId,
          kind: 'email',
          sealedValue: Buffer.from('never opened here'),
          verifiedAt: verified ? createdAt : undefined,
          createdAt,
        })
        await audit.record(noted(subjectId))
      })
      return identifierId
    },
    forget: (subjectId: SubjectId, identifierId: IdentifierId) =>
      work(async ({ identifiers, audit }) => {
        await identifiers.removeUnproven(subjectId, identifierId, undefined, clock.now())
        await audit.record(noted(subjectId))
      }),
    /** Both lists of Spain answer about whatever address is in use. */
    consult: async (subjectId: SubjectId, listed: boolean, more: { readonly revokedAt?: Date } = {}) => {
      const known = await norte.parts.facts.find(subjectId)
      const contactPoint = known?.facts.contactPoints?.email
      if (contactPoint === undefined) return
      await work(async ({ circumstances, audit }) => {
        await circumstances.keepChecks(
          subjectId,
          ['robinson', 'stop_publicidad'].map((list) => ({
            list,
            contactChannel: 'email' as const,
            contactPoint,
            checkedAt: clock.now(),
            listed,
            effectiveFrom: undefined,
            revokedAt: more.revokedAt,
          })),
        )
        await audit.record(noted(subjectId))
      })
    },
    /** As the unit that links does it, without deciding anything again: what is kept is not what is asked here. */
    link: async (a: SubjectId, b: SubjectId): Promise<SamePerson> => {
      const subjects = a < b ? ([a, b] as const) : ([b, a] as const)
      const link: SamePerson = {
        kind: 'same-person',
        linkId: entropy.id<'link'>(),
        subjects,
        assurance: 'L2',
        rule: 'proven-in-store',
        confidence: 100,
        proof: { code: 'otp-1' },
        assertedBy: 'system:test',
        at: clock.now(),
      }
      await links.add(link)
      await links.keepClusters([{ canonical: subjects[0], members: [...subjects] }], clock.now())
      return link
    },
    unlink: async (link: SamePerson) => {
      const end = { endedBy: 'system:test', reason: 'asked', mistaken: false, at: clock.now() }
      await links.end(link, end)
      const single = link.subjects.map((canonical) => ({ canonical, members: [canonical] }))
      await links.keepClusters(single, clock.now())
    },
  }
}

export type ExplainHouse = Awaited<ReturnType<typeof openExplainHouse>>
