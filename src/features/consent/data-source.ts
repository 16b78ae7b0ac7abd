import { channels } from '../../kernel/evidence.ts'
import type { Instant } from './calendar.ts'
import type { ConsentEvent } from './consent-event.ts'

/** A value as we came by it: which attribute it is of, who or what it came from, and since when we hold it. */
export interface Origin {
  readonly attribute: string
  /** As the assertion names it, such as `web:sign-in` or `partner:acme`. */
  readonly source: string
  readonly at: Instant
}

const ownChannels: ReadonlySet<string> = new Set(channels)

const channelOf = (source: string): string => source.split(':')[0] ?? source

/**
 * The data source as a notice names it: one of our own channels, on whichever page it was said, or somebody else by their
 * whole name. `web:sign-in` and `web:privacy-centre` are both `web`; `partner:acme` is not `partner:other`.
 */
const dataSourceOf = (source: string): string => {
  const channel = channelOf(source)
  return ownChannels.has(channel) ? channel : source
}

/** How a purpose names a source: a channel of ours, or a kind with a name. */
export const isDataSource = (text: string): boolean =>
  ownChannels.has(text) || /^[a-z][a-z0-9-]*:[a-z0-9][a-z0-9._-]*$/.test(text)

/** Who that is, as a wording has to name them; nobody where it is a channel of ours. */
export const nameOfSource = (source: string): readonly string[] =>
  ownChannels.has(source) ? [] : [source.slice(source.indexOf(':') + 1)]

/** From which sources each value is known to come. */
export function provenanceOf(origins: readonly Origin[]): Readonly<Record<string, readonly string[]>> {
  const provenance: Record<string, readonly string[]> = {}
  for (const { attribute, source } of origins) {
    const named = dataSourceOf(source)
    const before = provenance[attribute] ?? []
    if (!before.includes(named)) provenance[attribute] = [...before, named]
  }
  return provenance
}

/**
 * True while the person is to be told where their data come from (GDPR Art. 14(3)): something of theirs came from somebody
 * else, and no notice was shown to them since. Who has no account here was only ever named by others, at the latest when we
 * began to know them.
 */
export function sourceNoticeDue(
  person: { readonly hasAccount: boolean; readonly since: Instant },
  origins: readonly Origin[],
  events: readonly ConsentEvent[],
): boolean {
  const foreign = origins.filter(({ source }) => !ownChannels.has(channelOf(source))).map(({ at }) => at)
  const came = person.hasAccount ? foreign : [...foreign, person.since]
  if (came.length === 0) return false
  const latest = Math.max(...came)
  return !events.some(({ type, occurredAt }) => type === 'notice_shown' && occurredAt >= latest)
}
