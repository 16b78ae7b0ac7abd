import type { Actor } from '../../../kernel/actor.ts'
import type { Evidence } from '../../../kernel/evidence.ts'
import type { SubjectId } from '../../../kernel/ids.ts'
import type { Work } from '../../../kernel/work.ts'
import type { SubjectSealer } from '../../../platform/crypto/index.ts'
import { appendAct, evidencePlace, type LedgerParts } from '../append-act.ts'
import type { DraftEvent } from '../choices.ts'
import type { ConsentEvent } from '../consent-event.ts'
import { readProof } from '../evidence-of-act.ts'
import type { Facts } from '../facts.ts'
import { decidedIn, mustBeOfficer, type OfficersDecision } from '../officer.ts'
import type { PublishedRegistry } from '../published.ts'
import { standingOn } from '../standing-choice.ts'
import type { FoundYes, FoundYeses } from './found-yeses.ts'
import { isSelected, namedSelection, type Selection } from './selection.ts'

export interface InvalidateParts extends LedgerParts {
  readonly sealer: Pick<SubjectSealer, 'sealText' | 'openText'>
  readonly found: FoundYeses
  /** For the trail of the finding as a whole. */
  readonly findingWork: Work<object>
}

export interface InvalidateConsents {
  readonly actor: Actor
  readonly decision: OfficersDecision
  readonly evidence: Evidence
  /** `invalidated`: they never were enough. `revoked`: they were, and the controller no longer relies on them. */
  readonly as: 'invalidated' | 'revoked'
  readonly selection: Selection
  readonly dryRun: boolean
  readonly onProgress?: (counted: Invalidated) => void
  readonly signal?: AbortSignal
}

export interface Invalidated {
  readonly outcome: 'declared' | 'stopped'
  readonly dryRun: boolean
  /** Yeses that the finding is about. */
  readonly found: number
  readonly people: number
  /** Of those, the ones that stood and no longer do. */
  readonly declared: number
  /** What the person has said again since, in another act, stands on its own. */
  readonly saidAgain: number
  /** Taken back, refused or declared invalid before. */
  readonly stoodNoMore: number
  /** Of people who are blocked or erased: nothing is used of them anyway. */
  readonly notActive: number
}

type Counts = { -readonly [Name in Exclude<keyof Invalidated, 'outcome' | 'dryRun'>]: number }

/** So many people are written for at the same time; what they wait for is the database and a signature each. */
const atOnce = 8

type Fate = 'declared' | 'saidAgain' | 'stoodNoMore'

/** What becomes of one yes: only where it is what carries its key is there anything to declare. */
function fateOf(yes: ConsentEvent, facts: Facts, registry: PublishedRegistry, now: number): Fate {
  const { controller, brand, purpose, contactPoint } = yes
  const contactChannel = yes.contactChannel === '*' ? 'none' : yes.contactChannel
  const key = { controller, brand, purpose, contactChannel, contactPoint }
  const { by } = standingOn(key, facts, registry, now)
  if (by?.id === yes.id) return 'declared'
  return by?.type === 'given' ? 'saidAgain' : 'stoodNoMore'
}

const findingAbout = (yes: ConsentEvent, as: InvalidateConsents['as']): DraftEvent => ({
  type: as,
  by: 'controller',
  controller: yes.controller,
  brand: yes.brand,
  purpose: yes.purpose,
  contactChannel: yes.contactChannel,
  contactPoint: yes.contactPoint,
  purposeVersion: yes.purposeVersion,
  attributes: yes.attributes,
})

/**
 * Declares answers invalid, or no longer relied on, wherever they still carry something: all of an import whose evidence was
 * found worthless, of a till whose box came ticked, of a wording that misled, or one act (GDPR Art. 7(1): who cannot prove a
 * consent has none). Only a yes is declared: a no needs no proof to be obeyed. Each person's finding is an act of their ledger
 * like any other, with receipt, permissions and message in one transaction; the batch as a whole is on record too. Read page by
 * page and repeatable: cut short, the same command goes on where it was and declares nothing twice.
 */
export async function invalidateConsents(
  parts: InvalidateParts,
  command: InvalidateConsents,
): Promise<Invalidated> {
  mustBeOfficer(command)
  const { selection, dryRun, signal, onProgress } = command
  const counts: Counts = {
    found: 0,
    people: 0,
    declared: 0,
    saidAgain: 0,
    stoodNoMore: 0,
    notActive: 0,
  }
  const told = (outcome: Invalidated['outcome']): Invalidated => ({ outcome, dryRun, ...counts })
  let after: SubjectId | undefined
  do {
    const page = await parts.found.page(selection, after)
    const people = [...Map.groupBy(page.yeses, ({ subjectId }) => subjectId)]
    for (let place = 0; place < people.length; place += atOnce) {
      if (signal?.aborted === true) return finish(parts, command, told('stopped'))
      const some = people.slice(place, place + atOnce)
      const done = await Promise.all(
        some.map(([subjectId, yeses]) => declareFor(parts, command, subjectId, yeses)),
      )
      for (const one of done) {
        for (const name of ['found', 'people', 'declared', 'saidAgain', 'stoodNoMore', 'notActive'] as const)
          counts[name] += one[name] ?? 0
      }
      onProgress?.(told('declared'))
    }
    after = page.next
  } while (after !== undefined)
  return finish(parts, command, told('declared'))
}

async function finish(
  parts: InvalidateParts,
  { actor, decision, as, selection, evidence }: InvalidateConsents,
  result: Invalidated,
): Promise<Invalidated> {
  const decided = decidedIn(decision)
  const { outcome, dryRun, ...counted } = result
  await parts.findingWork(({ audit }) =>
    audit.record({
      action: dryRun ? 'consent.finding-foreseen' : 'consent.finding-declared',
      actor,
      at: parts.clock.now(),
      about: 'consent-findings',
      evidence,
      ...decided.reason,
      facts: { as, selection: namedSelection(selection), outcome, ...counted, ...decided.facts },
    }),
  )
  return result
}

async function declareFor(
  parts: InvalidateParts,
  command: InvalidateConsents,
  subjectId: SubjectId,
  candidates: readonly FoundYes[],
): Promise<Partial<Counts>> {
  const { as, selection, actor, evidence, decision, dryRun } = command
  const known = await parts.facts.find(subjectId)
  if (known === undefined) return {}
  if (known.facts.subject.state !== 'active') return { notActive: 1 }
  const ids = new Set<string>()
  for (const { eventId, sealedEvidence } of candidates) {
    const proof = readProof(
      await parts.sealer.openText(subjectId, evidencePlace(eventId), Buffer.from(sealedEvidence)),
    )
    if (isSelected(selection, proof)) ids.add(eventId)
  }
  if (ids.size === 0) return {}
  const judged = (facts: Facts, registry: PublishedRegistry, now: number) =>
    facts.events
      .filter(({ id }) => ids.has(id))
      .map((yes) => ({ yes, fate: fateOf(yes, facts, registry, now) }))
  const counted = (found: ReturnType<typeof judged>): Partial<Counts> => ({
    found: found.length,
    people: 1,
    declared: found.filter(({ fate }) => fate === 'declared').length,
    saidAgain: found.filter(({ fate }) => fate === 'saidAgain').length,
    stoodNoMore: found.filter(({ fate }) => fate === 'stoodNoMore').length,
  })
  if (dryRun) return counted(judged(known.facts, parts.registry.current(), parts.clock.now().getTime()))
  let found: ReturnType<typeof judged> = []
  await appendAct<{ readonly outcome: 'nothing' }>(
    parts,
    {
      subjectId,
      actor,
      evidence,
      decision,
      // The same finding about the same answers is one, however often the command is repeated.
      idempotencyKey: `finding ${as} ${[...ids].sort().join(' ')}`,
      content: { finding: as, events: [...ids].sort() },
      particulars: { finding: namedSelection(selection) },
    },
    ({ facts }, registry, now) => {
      found = judged(facts, registry, now)
      const standing = found.filter(({ fate }) => fate === 'declared')
      return standing.length === 0
        ? { instead: { outcome: 'nothing' } }
        : { events: standing.map(({ yes }) => findingAbout(yes, as)) }
    },
  )
  return counted(found)
}
