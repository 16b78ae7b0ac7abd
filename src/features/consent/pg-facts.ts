import type { SubjectId } from '../../kernel/ids.ts'
import type { SealingKey, SubjectSealer } from '../../platform/crypto/index.ts'
import { open } from '../../platform/crypto/index.ts'
import type { PipelinedReader } from '../../platform/db/pipelined-reader.ts'
import { type BirthDate, lastAssuredAge } from './age.ts'
import {
  type CircumstancesRow,
  circumstancesColumn,
  circumstancesFrom,
} from './circumstances/pg-circumstances-column.ts'
import { contactPointsOf, type ReachableIdentifier } from './contact-points.ts'
import { type Origin, provenanceOf, sourceNoticeDue } from './data-source.ts'
import type { LifeCycle } from './facts.ts'
import type { FactsReader, KnownSubject } from './facts-reader.ts'
import { type OthersCell, othersColumn, withOthers } from './merging/pg-others-column.ts'
import { type EventRow, eventColumns, eventFromRow } from './pg-event-row.ts'
import { restrictionsFrom } from './restriction.ts'

/** The catalogue's attribute that holds a date of birth; the age of a consent is judged by it. */
export const birthDateAttribute = 'birth_date'

/** Where the facts of an account that change with time are read: as they are now, or as they were at an instant. */
export interface DatedSources {
  readonly state: string
  readonly jurisdiction: string
  /** Identifiers, as `i`. */
  readonly identifiers: string
  readonly verified: string
  /** Which assertions `a` hold. */
  readonly holds: string
  /** The latest answers of exclusion lists. */
  readonly checks: string
}

const today: DatedSources = {
  state: 's.state',
  jurisdiction: 's.jurisdiction',
  identifiers: 'identifiers i where i.subject_id = s.subject_id',
  verified: 'i.verified_at is not null',
  holds: 'a.superseded_at is null',
  checks: 'exclusion_checks',
}

/**
 * Columns of a subject that a decision needs, for statements that start from `subjects s` with its key `k`. Other rooms put
 * them in front of their own, so that what they release and what it was decided on are of one moment.
 */
export const accountColumns = (from: DatedSources): string => `
  ${from.state}, ${from.jurisdiction}, s.language, s.consent_epoch, s.created_at, k.kek_id, k.wrapped_key,
  (select json_agg(json_build_array(${eventColumns.join(', ')}))
     from consent_events e where e.subject_id = s.subject_id),
  (select json_agg(json_build_array(i.identifier_id, i.kind, ${from.verified}, extract(epoch from i.created_at)))
     from ${from.identifiers}),
  (select json_build_array(a.assertion_id, encode(a.sealed_value, 'base64')) from assertions a
    where a.subject_id = s.subject_id and a.attribute_id = '${birthDateAttribute}' and ${from.holds}
    order by a.asserted_at desc limit 1),
  ${circumstancesColumn(from.checks)},
  (select json_agg(json_build_array(a.attribute_id, a.source, extract(epoch from a.asserted_at)))
     from assertions a where a.subject_id = s.subject_id and ${from.holds})`

/** How many columns `accountColumns` yields. */
export const accountColumnCount = 12

const ownColumns = accountColumns(today)

/** The same, with the person's other accounts. */
export const factColumns = `${ownColumns}, ${othersColumn(ownColumns)}`

/** How many columns `factColumns` yields. */
export const factColumnCount = accountColumnCount + 1

const lifeCycleOf: Readonly<Record<string, LifeCycle>> = {
  active: 'active',
  locked: 'active',
  blocked: 'blocked',
}

type IdentifierRow = readonly [string, ReachableIdentifier['kind'], boolean, number]

type OriginRow = readonly [attribute: string, source: string, epoch: number]

const originOf = ([attribute, source, epoch]: OriginRow): Origin => ({
  attribute,
  source,
  at: Math.round(epoch * 1000),
})

const birthDateIn = (text: string): BirthDate | undefined => {
  const found = /^"?(\d{4})-(\d{2})-(\d{2})"?$/.exec(text)
  return found === null
    ? undefined
    : { year: Number(found[1]), month: Number(found[2]), day: Number(found[3]) }
}

export interface FactsParts {
  readonly sealer: Pick<SubjectSealer, 'unwrap'>
  /**
   * The legal entity that runs the accounts: having one is a contract with it. No account begins before an address of it is
   * proven, so somebody who was imported or only has a card, of whom nothing is, made none.
   */
  readonly controller: string
}

/** A subject read with `factColumns`: what the decision knows, and the key their sealed values open with. */
export interface ReadSubject {
  readonly known: KnownSubject
  readonly key: SealingKey | undefined
}

/** Makes facts of one row, with what the person's other accounts say beside them. */
export async function factsFromRow(
  subjectId: SubjectId,
  row: readonly unknown[],
  parts: FactsParts,
): Promise<ReadSubject> {
  const own = await accountFromRow(subjectId, row, parts)
  const others = row[factColumnCount - 1] as OthersCell | null
  if (others === null) return own
  return {
    ...own,
    known: await withOthers(subjectId, own.known, others, (id, cells) => accountFromRow(id, cells, parts)),
  }
}

/** Makes facts of the columns of one account. Whatever does not open is not known: no answer means no. */
export async function accountFromRow(
  subjectId: SubjectId,
  row: readonly unknown[],
  { sealer, controller }: FactsParts,
): Promise<ReadSubject> {
  const [
    state,
    jurisdiction,
    language,
    epoch,
    createdAt,
    kekId,
    wrapped,
    events,
    identifiers,
    birth,
    around,
    origins,
  ] = row as readonly [
    string,
    string,
    string,
    string,
    Date,
    string | null,
    Buffer | null,
    EventRow[] | null,
    IdentifierRow[] | null,
    readonly [string, string] | null,
    CircumstancesRow,
    OriginRow[] | null,
  ]
  const lifeCycle = lifeCycleOf[state] ?? 'erased'
  const key =
    kekId === null || wrapped === null ? undefined : await sealer.unwrap({ subjectId, wrapped, kekId })
  const birthDate =
    birth === null || key === undefined
      ? undefined
      : birthDateIn(
          Buffer.from(
            open(
              key,
              { table: 'assertions', column: 'sealed_value', subjectId, row: birth[0] },
              Buffer.from(birth[1], 'base64'),
            ),
          ).toString('utf8'),
        )
  const history = (events ?? []).map(eventFromRow)
  const { purchases, contracts, suppression } = circumstancesFrom(around)
  const reachable = (identifiers ?? []).map(([id, kind, verified, at]) => ({ id, kind, verified, at }))
  const account = { id: 'account', controller, at: createdAt.getTime() }
  const proven = reachable.some(({ verified }) => verified)
  const hasAccount = lifeCycle === 'active' && proven
  const held = (origins ?? []).map(originOf)
  return {
    key,
    known: {
      epoch: Number(epoch),
      language,
      since: createdAt,
      facts: {
        subject: {
          state: lifeCycle,
          jurisdiction,
          birthDate,
          overAge: birthDate === undefined ? lastAssuredAge(history) : undefined,
          contracts: hasAccount ? [account, ...contracts] : contracts,
          purchases,
          restrictions: restrictionsFrom(history),
        },
        events: history,
        suppression,
        contactPoints: contactPointsOf(reachable),
        provenance: provenanceOf(held),
        sourceNoticeDue: sourceNoticeDue({ hasAccount: proven, since: createdAt.getTime() }, held, history),
      },
    },
  }
}

/** The facts of one person, for statements of other rooms that bring them along. */
export const factsAlong = {
  select: (subject: string): string =>
    `select ${factColumns} from subjects s left join subject_keys k on k.subject_id = s.subject_id
      where s.subject_id = ${subject}`,
  width: factColumnCount,
}

const statement = { name: 'consent-facts', text: factsAlong.select('$1') }

/** Facts of a row that was read along for one person; about anybody else it must not be asked. */
export const carriedFacts = (
  subjectId: SubjectId,
  row: readonly unknown[],
  parts: FactsParts,
): FactsReader => ({
  find: async (asked) => {
    if (asked !== subjectId) throw new Error('These facts were read for somebody else.')
    return row[0] === null ? undefined : (await factsFromRow(subjectId, row, parts)).known
  },
})

export const pgFactsReader = (reader: PipelinedReader, parts: FactsParts): FactsReader => ({
  find: async (subjectId) => {
    const [row] = await reader.rows(statement, [subjectId])
    return row === undefined ? undefined : (await factsFromRow(subjectId, row, parts)).known
  },
})
