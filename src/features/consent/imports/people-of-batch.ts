import type { Entropy, SubjectId } from '../../../kernel/ids.ts'
import type { BlindIndex, SealingKey } from '../../../platform/crypto/index.ts'
import type { Instant } from '../calendar.ts'
import type { ConsentEvent } from '../consent-event.ts'
import type { KnownSubject } from '../facts-reader.ts'
import type { FoundIdentifier, ImportPeople } from './import-people.ts'
import type { ImportRow } from './import-row.ts'
import type { JudgedPerson } from './judge-row.ts'
import { identifiersOf, knownNewcomer, type NamedIdentifier, type Newcomer } from './newcomer.ts'
import { Quarantined } from './quarantine-reason.ts'
import type { Rehearsal } from './rehearsal.ts'

/** One person of a batch with what is recorded of them, the rows judged so far included. */
export interface BatchPerson {
  readonly subjectId: SubjectId
  readonly known: KnownSubject
  readonly key: SealingKey | undefined
  readonly newcomer: Newcomer | undefined
  /** The very list that `known` holds. */
  readonly events: ConsentEvent[]
}

export interface PeopleParts {
  readonly people: ImportPeople
  readonly blindIndex: BlindIndex
  readonly entropy: Entropy
  /** Only of a dry run. */
  readonly rehearsal: Rehearsal | undefined
  /** How somebody unknown is taken in; left out, they are not. */
  readonly newcomers: { readonly jurisdiction: string; readonly language: string } | undefined
  readonly now: Instant
}

const personOf = (
  subjectId: SubjectId,
  known: KnownSubject,
  more: readonly ConsentEvent[],
  of: Pick<BatchPerson, 'key' | 'newcomer'>,
): BatchPerson => {
  const events = [...known.facts.events, ...more]
  return { subjectId, known: { ...known, facts: { ...known.facts, events } }, events, ...of }
}

/** Everybody the rows of one batch are about, looked up together and told apart row by row. */
export class PeopleOfBatch {
  readonly #found: Map<string, FoundIdentifier>
  readonly #persons: Map<SubjectId, BatchPerson>
  readonly #named: ReadonlyMap<ImportRow, readonly NamedIdentifier[]>
  readonly #parts: PeopleParts

  private constructor(
    named: ReadonlyMap<ImportRow, readonly NamedIdentifier[]>,
    found: Map<string, FoundIdentifier>,
    persons: Map<SubjectId, BatchPerson>,
    parts: PeopleParts,
  ) {
    this.#named = named
    this.#found = found
    this.#persons = persons
    this.#parts = parts
  }

  static async load(rows: readonly ImportRow[], parts: PeopleParts): Promise<PeopleOfBatch> {
    const { people, blindIndex, rehearsal } = parts
    // A keyed hash of each identifier is the dearest thing about a row: made once, whatever number of rows names it.
    const hashed = new Map<string, string>()
    const named = new Map(rows.map((row) => [row, identifiersOf(row, blindIndex, hashed)]))
    const indexes = [...new Set([...named.values()].flatMap((of) => of.map(({ index }) => index)))]
    const found = new Map(await people.find(indexes.map((index) => Buffer.from(index, 'hex'))))
    const rehearsed = await rehearsal?.find(indexes.filter((index) => !found.has(index)))
    const known = await people.known([...new Set([...found.values()].map(({ subjectId }) => subjectId))])
    const newcomers = [...(rehearsed?.values() ?? [])].map(({ newcomer }) => newcomer)
    const more = await rehearsal?.eventsOf([...known.keys(), ...newcomers.map(({ subjectId }) => subjectId)])
    const persons = new Map<SubjectId, BatchPerson>()
    for (const [subjectId, { known: facts, key }] of known) {
      persons.set(
        subjectId,
        personOf(subjectId, facts, more?.get(subjectId) ?? [], { key, newcomer: undefined }),
      )
    }
    for (const newcomer of newcomers) {
      const { subjectId } = newcomer
      const facts = knownNewcomer(newcomer)
      persons.set(
        subjectId,
        personOf(subjectId, facts, more?.get(subjectId) ?? [], { key: undefined, newcomer: undefined }),
      )
    }
    for (const [index, { identifierId, newcomer }] of rehearsed ?? []) {
      found.set(index, { identifierId, subjectId: newcomer.subjectId })
    }
    return new PeopleOfBatch(named, found, persons, parts)
  }

  /** Throws `Quarantined` when the row's identifiers lead to nobody, or to more than one. */
  personFor(row: ImportRow): BatchPerson & JudgedPerson {
    const named = this.#named.get(row) ?? []
    const hits = named.flatMap(({ kind, index }) => {
      const found = this.#found.get(index)
      return found === undefined ? [] : [{ kind, ...found }]
    })
    if (new Set(hits.map(({ subjectId }) => subjectId)).size > 1) throw new Quarantined('subject_ambiguous')
    const [hit] = hits
    const person = hit === undefined ? this.#stranger(row) : this.#persons.get(hit.subjectId)
    if (person === undefined) throw new Quarantined('subject_unknown')
    const own = hit === undefined ? (person.newcomer?.identifiers ?? []) : hits
    return {
      ...person,
      email: own.find(({ kind }) => kind === 'email')?.identifierId,
      phone: own.find(({ kind }) => kind === 'phone')?.identifierId,
    }
  }

  /** From here on the person is one who did this; a stranger becomes somebody the house knows. */
  accept(person: BatchPerson, events: readonly ConsentEvent[]): void {
    person.events.push(...events)
    const { newcomer, subjectId } = person
    if (newcomer === undefined || this.#persons.has(subjectId)) return
    for (const { index, identifierId } of newcomer.identifiers) {
      this.#found.set(index, { subjectId, identifierId })
    }
    const { known, key, events: own } = person
    this.#persons.set(subjectId, { subjectId, known, key, newcomer, events: own })
  }

  /** Those the house gets to know with this batch. */
  newcomers(): readonly Newcomer[] {
    return [...this.#persons.values()].flatMap(({ newcomer }) => (newcomer === undefined ? [] : [newcomer]))
  }

  #stranger(row: ImportRow): BatchPerson {
    const { newcomers, entropy, now } = this.#parts
    if (newcomers === undefined) throw new Quarantined('subject_unknown')
    const newcomer: Newcomer = {
      subjectId: entropy.id<'subject'>(),
      jurisdiction: row.jurisdiction ?? newcomers.jurisdiction,
      language: row.language ?? newcomers.language,
      at: now,
      identifiers: (this.#named.get(row) ?? []).map((one) => ({
        ...one,
        identifierId: entropy.id<'identifier'>(),
      })),
    }
    return personOf(newcomer.subjectId, knownNewcomer(newcomer), [], { key: undefined, newcomer })
  }
}
