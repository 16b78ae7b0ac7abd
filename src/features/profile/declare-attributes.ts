import type { Actor } from '../../kernel/actor.ts'
import type { Clock } from '../../kernel/clock.ts'
import { invalid, notFound } from '../../kernel/errors.ts'
import type { Evidence } from '../../kernel/evidence.ts'
import type { Entropy, SubjectId } from '../../kernel/ids.ts'
import type { Proofs, Work } from '../../kernel/work.ts'
import type { SubjectSealer } from '../../platform/crypto/index.ts'
import type { IdentityStores } from '../identity/index.ts'
import { assertionPlace, type ProfileStores, type Provenance } from './assertion-store.ts'
import type { AttributeValue } from './attribute.ts'
import type { AttributeCatalogue } from './attribute-catalogue.ts'

export interface Declaration {
  readonly attributeId: string
  /** Undefined takes the value back: what was known so far is superseded by nothing. */
  readonly value: AttributeValue | undefined
}

export interface DeclareAttributes {
  readonly subjectId: SubjectId
  readonly declarations: readonly Declaration[]
  readonly provenance: Provenance
  readonly source: string
  readonly actor: Actor
  readonly evidence: Evidence
}

export interface DeclareDeps {
  readonly catalogue: AttributeCatalogue
  readonly sealer: SubjectSealer
  readonly clock: Clock
  readonly entropy: Entropy
}

/** The same within a unit that already is, and that holds the subject: registering declares in its own transaction. */
export const declareAttributesWithin = async (
  deps: DeclareDeps,
  tx: ProfileStores & Proofs,
  command: DeclareAttributes,
): Promise<void> => {
  await outdateDecided(deps, tx, command)
  await declare(deps, tx, command)
}

const outdateDecided = async (
  { clock }: DeclareDeps,
  { decided }: ProfileStores,
  { subjectId, declarations }: DeclareAttributes,
): Promise<void> => {
  const attributes = declarations.map(({ attributeId }) => attributeId)
  await decided.outdate(subjectId, { attributes }, clock.now())
}

async function declare(
  deps: DeclareDeps,
  tx: ProfileStores & Proofs,
  command: DeclareAttributes,
): Promise<void> {
  const { subjectId, declarations, provenance, source, actor, evidence } = command
  if (declarations.length === 0) return
  const at = deps.clock.now()
  for (const { attributeId, value } of declarations) {
    await deps.catalogue.get(attributeId)
    await tx.assertions.supersede(subjectId, attributeId, at)
    if (value === undefined) continue
    const assertionId = deps.entropy.id<'assertion'>()
    await tx.assertions.append({
      subjectId,
      attributeId,
      assertionId,
      provenance,
      source,
      sealedValue: await deps.sealer.sealText(subjectId, assertionPlace(assertionId), JSON.stringify(value)),
      assertedAt: at,
    })
  }
  const attributes = declarations.map(({ attributeId }) => attributeId)
  await tx.audit.record({
    action: 'profile.changed',
    actor,
    at,
    subjectId,
    evidence,
    facts: { attributes, provenance, source },
  })
  await tx.outbox.add({
    id: deps.entropy.id<'event'>(),
    type: 'profile.changed',
    version: 1,
    occurredAt: at,
    subjectId,
    payload: { attributes, provenance },
  })
}

/** Newer supersedes older, one unit at a time for one person. */
export const declareAttributes = (
  deps: DeclareDeps & { readonly work: Work<Pick<IdentityStores, 'subjects'> & ProfileStores> },
  command: DeclareAttributes,
): Promise<void> =>
  deps.work(async (tx) => {
    await outdateDecided(deps, tx, command)
    if ((await tx.subjects.lock(command.subjectId)) === undefined) {
      throw notFound('subject-unknown', 'There is no such account.')
    }
    if (command.declarations.length === 0) throw invalid('nothing-declared', 'Nothing was declared.')
    await declare(deps, tx, command)
  })
