import type { Clock } from '../../kernel/clock.ts'
import type { Entropy, SubjectId } from '../../kernel/ids.ts'
import type { ConsentRegistry } from '../consent/index.ts'
import { decideRelease, type House, type Permitted } from './decide-release.ts'
import type { Exit } from './disclosure.ts'
import type { DisclosureLog } from './disclosure-log.ts'
import type { ReleaseMatter, ReleaseReader } from './release-reader.ts'
import { wantedAttributes } from './scope-claims.ts'

export interface ReleaseRequest {
  readonly subjectId: SubjectId
  readonly clientId: string
  readonly exit: Exit
  readonly scopes: readonly string[]
  readonly requestedClaims: readonly string[]
  /** The place that asks, kept with the record of what it was told. */
  readonly touchpoint?: string | undefined
  /** The row of `releaseAlong` about this person and client, where whoever asks has read it in this request. */
  readonly carried?: readonly unknown[] | undefined
  /** The matter itself, where whoever asks has read it a moment ago to decide more than the release by it. */
  readonly matter?: ReleaseMatter | undefined
}

export type ReleaseClaims = (request: ReleaseRequest) => Promise<Readonly<Record<string, unknown>>>

export interface ReleaseParts {
  readonly reader: ReleaseReader
  readonly disclosures: DisclosureLog
  readonly registry: Pick<ConsentRegistry, 'current'>
  readonly house: House
  readonly clock: Clock
  readonly entropy: Entropy
}

/** The permitted ones of which something is known, with their values: the only place where anything is opened. */
export function openPermitted(
  matter: ReleaseMatter,
  permitted: readonly Permitted[],
): readonly { readonly permitted: Permitted; readonly claims: Readonly<Record<string, unknown>> }[] {
  return permitted.flatMap((one) => {
    const found = matter.valueOf(one.wanted)
    if (found === undefined) return []
    const { claim, verifiedClaim } = one.wanted
    const claims = {
      [claim]: found.value,
      ...(verifiedClaim === undefined ? {} : { [verifiedClaim]: found.verified === true }),
    }
    return [{ permitted: one, claims }]
  })
}

const groundOf = ({ purpose, basis, evidenceEventId }: Permitted): string =>
  JSON.stringify([purpose, basis, evidenceEventId ?? null])

/**
 * The one door of claims. One read gives facts and sealed values of one moment; the decision is asked now, attribute by
 * attribute; only what is permitted is opened; and nothing is answered before the record of it is durable (R90, R91).
 */
export const releaseClaims =
  (parts: ReleaseParts): ReleaseClaims =>
  async ({ subjectId, clientId, exit, scopes, requestedClaims, carried, touchpoint, ...read }) => {
    const registry = parts.registry.current()
    const wanted = wantedAttributes(registry.attributes.values(), scopes, requestedClaims)
    if (wanted.length === 0) return {}
    const matter = read.matter ?? (await parts.reader.read(subjectId, clientId, carried))
    if (matter === undefined) return {}
    const at = parts.clock.now()
    const opened = openPermitted(matter, decideRelease(matter, wanted, registry, parts.house, at.getTime()))
    const grounds = Map.groupBy(opened, ({ permitted }) => groundOf(permitted))
    await Promise.all(
      [...grounds.values()].map(async (group) => {
        const [first] = group
        if (first === undefined) return
        const { purpose, purposeVersion, basis, evidenceEventId } = first.permitted
        await parts.disclosures.write({
          disclosureId: parts.entropy.id<'disclosure'>(),
          subjectId,
          recipientId: matter.client.recipientId,
          clientId,
          purpose,
          purposeVersion,
          attributes: group.map(({ permitted }) => permitted.wanted.attribute),
          exit,
          basis,
          evidenceEventId,
          disclosedAt: at,
          ...(touchpoint === undefined ? {} : { touchpoint }),
        })
      }),
    )
    return Object.assign({}, ...opened.map(({ claims }) => claims))
  }
