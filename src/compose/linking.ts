import { z } from 'zod'
import type { CommandHouse, Decided, LinkedPreview } from '../cli/command-house.ts'
import type { House } from '../compose.ts'
import {
  findContactPoint,
  type MergePreview,
  type MergingParts,
  mergeSubjects,
  type OfficersDecision,
  previewMerge,
  unmergeSubjects,
} from '../features/consent/index.ts'
import { type LinkSubjects, pgLinkStore, type SamePerson } from '../features/identity/index.ts'
import type { Actor } from '../kernel/actor.ts'
import { invalid, notFound } from '../kernel/errors.ts'
import type { Evidence } from '../kernel/evidence.ts'
import { type IdentifierId, parseId, type SubjectId } from '../kernel/ids.ts'

const commandLine: Actor = { kind: 'system', name: 'cli' }
const evidence: Evidence = { channel: 'api', surface: 'command-line', language: 'es' }

const assuranceShape = z.enum(['L1', 'L2'])

interface Asking {
  readonly subjectOf: (person: string) => Promise<SubjectId>
  readonly decisionOf: (decided: Decided) => Promise<OfficersDecision>
}

const shown = ({ conflicts, permissions }: Omit<MergePreview<unknown>, 'outcome'>) => ({
  conflicts: conflicts.map(({ said, ...question }) => ({
    ...question,
    said: said.map(({ at, ...one }) => ({ ...one, at: at?.toISOString() ?? null })),
  })),
  permissions,
})

const decidedBy = ({ decidedBy: officer, reason }: OfficersDecision) => {
  if (reason.trim() === '') throw invalid('reason-missing', 'Say why this was decided.')
  return { decidedBy: `staff:${officer}`, reason: reason.trim() }
}

/**
 * Linking two accounts and undoing it, carried out for the officer who decided. What it comes to is rehearsed first, and told
 * with the act. After a link that never was true all sessions and tokens of both accounts end, so that nothing goes on that
 * was let out while it stood; told again, the mistake is still found, and what an interrupted command left open ends.
 */
export function linkCommands(
  house: House,
  { subjectOf, decisionOf }: Asking,
): Pick<CommandHouse['subjects'], 'link' | 'unlink'> {
  const { consoleWork, platform, registry, deciding, reads, sealer, oidc } = house
  const { clock, entropy, blindIndex } = platform
  const parts: MergingParts = { work: consoleWork, clock, entropy }
  const rehearse = <Outcome>(
    pair: readonly SubjectId[],
    run: (rehearsing: MergingParts) => Promise<Outcome>,
  ): Promise<MergePreview<Outcome>> =>
    previewMerge({ ...parts, registry, opening: deciding.opening }, pair, run)

  const pairOf = async (a: string, b: string): Promise<readonly [SubjectId, SubjectId]> => [
    await subjectOf(a),
    await subjectOf(b),
  ]
  const pointOf = async (subjectId: SubjectId, address: string): Promise<IdentifierId> => {
    const found = await findContactPoint({ reads, sealer, blindIndex }, subjectId, address)
    const contactPoint = found === undefined ? undefined : parseId<'identifier'>(found)
    if (contactPoint !== undefined) return contactPoint
    throw invalid('contact-point-unknown', 'This is no address or number of this person.')
  }
  const sharedOf = async ([a, b]: readonly [SubjectId, SubjectId], addresses: readonly string[] = []) => {
    const [ofFirst, ofSecond] = addresses
    if (ofFirst === undefined) return {}
    if (ofSecond === undefined || addresses.length > 2)
      throw invalid(
        'invalid-input',
        '--shared names two addresses: as the first and as the second account has it.',
      )
    return {
      shared: { contactPoint: await pointOf(a, ofFirst), otherContactPoint: await pointOf(b, ofSecond) },
    }
  }
  const linksBetween = async ([a, b]: readonly [SubjectId, SubjectId]): Promise<readonly SamePerson[]> => {
    const held = await pgLinkStore(platform.lanes.console).inForce([a])
    const found = held.flatMap((link) =>
      link.kind === 'same-person' && link.subjects.includes(b) ? [link] : [],
    )
    return found
  }
  const mistakesBetween = async ([a, b]: readonly [SubjectId, SubjectId]): Promise<readonly SamePerson[]> =>
    (await pgLinkStore(platform.lanes.console).history(a)).flatMap(({ link, end }) =>
      link.kind === 'same-person' && link.subjects.includes(b) && end?.mistaken ? [link] : [],
    )

  return {
    link: async (first, second, { assurance, shared, rule, dryRun, ...decided }) => {
      const pair = await pairOf(first, second)
      const level = assuranceShape.safeParse(assurance)
      if (!level.success) throw invalid('invalid-input', '--assurance must be L1 or L2.')
      const decision = decidedBy(await decisionOf(decided))
      const command: LinkSubjects = {
        subjects: pair,
        assurance: level.data,
        rule: rule ?? 'decided-by-officer',
        confidence: 100,
        proof: { decidedBy: decision.decidedBy },
        ...(await sharedOf(pair, shared)),
        ...decision,
        actor: commandLine,
        evidence,
      }
      const { outcome, ...preview } = await rehearse(pair, (rehearsing) => mergeSubjects(rehearsing, command))
      const done = dryRun ? outcome : await mergeSubjects(parts, command)
      if (done.outcome === 'refused') return { outcome: done.outcome, reason: done.reason, dryRun }
      const { cluster } = done
      return { outcome: done.outcome, members: cluster.members, dryRun, ...shown(preview) }
    },
    unlink: async (first, second, { mistaken, dryRun, ...decided }) => {
      const pair = await pairOf(first, second)
      const decision = decidedBy(await decisionOf(decided))
      const standing = await linksBetween(pair)
      const found = standing.length > 0 || !mistaken ? standing : await mistakesBetween(pair)
      if (found.length === 0) throw notFound('link-unknown', 'No link in force joins these two accounts.')
      const endAll = async (by: MergingParts) => {
        for (const { linkId } of standing)
          await unmergeSubjects(by, {
            subjectId: pair[0],
            linkId,
            mistaken,
            ...decision,
            actor: commandLine,
            evidence,
          })
      }
      const preview = await rehearse(pair, endAll)
      if (!dryRun) {
        await endAll(parts)
        if (mistaken)
          for (const subjectId of pair) await oidc.sessions.revokeEverything(subjectId, commandLine)
      }
      const outcome = standing.length > 0 ? 'unlinked' : 'ended-before'
      const result: LinkedPreview = { outcome, dryRun, ...shown(preview) }
      return { ...result, links: found.map(({ linkId }) => linkId), mistaken }
    },
  }
}
