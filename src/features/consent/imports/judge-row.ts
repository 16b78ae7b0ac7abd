import type { IdentifierId, SubjectId } from '../../../kernel/ids.ts'
import type { Instant } from '../calendar.ts'
import type { ConsentEvent } from '../consent-event.ts'
import { identifierKindOf } from '../contact-points.ts'
import type { KnownSubject } from '../facts-reader.ts'
import { type NoticeReference, sameNotice } from '../notice.ts'
import { type PermissionKey, touches } from '../permission-key.ts'
import { type PublishedNotice, type PublishedRegistry, referenceTo } from '../published.ts'
import { importEventId, type RowKey } from './import-event-id.ts'
import type { PurposeHistory } from './import-people.ts'
import type { ImportRow } from './import-row.ts'
import { importedSurface, importedText, mostImportedTexts, says } from './imported-text.ts'
import { Quarantined } from './quarantine-reason.ts'

/** Everything of an import that is the same for each of its rows. */
export interface ImportFrame {
  readonly controller: string
  /** The brand a yes is for where the row names none: never all of them. */
  readonly brand: string
  readonly source: string
  readonly fileHash: string
  readonly language: string
  readonly registry: PublishedRegistry
  readonly history: PurposeHistory
  readonly now: Instant
}

/** The person a row is about, with everything recorded of them so far, earlier rows included. */
export interface JudgedPerson {
  readonly subjectId: SubjectId
  readonly known: KnownSubject
  /** The identifiers the row names, as far as they are the person's. */
  readonly email?: IdentifierId | undefined
  readonly phone?: IdentifierId | undefined
}

export type JudgedRow =
  | { readonly outcome: 'repeated' }
  | {
      readonly outcome: ImportRow['answer'] | 'unknown'
      readonly events: readonly ConsentEvent[]
      /** A wording the registry does not have yet. */
      readonly text: PublishedNotice | undefined
    }

/** A consent for one address never permits another, so a yes has to name the address it was given for. */
function contactPointOf(row: ImportRow, person: JudgedPerson): string | undefined {
  const kind = identifierKindOf(row.contactChannel)
  if (kind === undefined) return undefined
  const point = person[kind]
  if (point === undefined && row.answer === 'given') {
    throw new Quarantined(row[kind] === undefined ? 'contact_point_missing' : 'contact_point_unknown')
  }
  return point
}

interface Wording {
  readonly notice: NoticeReference | undefined
  readonly purposeVersion: number
  readonly attributes: readonly string[]
  readonly fresh: PublishedNotice | undefined
  /** False when nothing shows what was said yes to. */
  readonly shown: boolean
}

/** The published notice a row names: the one for screens where the same words were published for several surfaces. */
function namedNotice(row: ImportRow, { registry, language }: ImportFrame): PublishedNotice | undefined {
  const { notice, text, purpose } = row
  const fits =
    notice === undefined
      ? (one: PublishedNotice) => text !== undefined && says(one, text)
      : (one: PublishedNotice) =>
          one.id === notice.id &&
          String(one.version) === notice.version &&
          (notice.language === undefined || one.language === notice.language)
  const found = registry.notices.filter((one) => one.purpose === purpose && fits(one))
  const preferred = notice?.language ?? row.textLanguage ?? row.language ?? language
  return (
    found.find((one) => one.language === preferred && one.surface === 'screen') ??
    found.find((one) => one.language === preferred) ??
    (found.length === 1 ? found[0] : undefined)
  )
}

function wordingOf(row: ImportRow, frame: ImportFrame): Wording {
  const { registry, history, source } = frame
  const versions = history.get(row.purpose) ?? new Map<number, readonly string[]>()
  if (row.purposeVersion !== undefined && !versions.has(row.purposeVersion)) {
    throw new Quarantined('purpose_version_unknown')
  }
  if (row.attributes?.some((id) => !registry.attributes.has(id)) === true) {
    throw new Quarantined('attribute_unknown')
  }
  const named = namedNotice(row, frame)
  if (named !== undefined) {
    const { purposeVersion } = named
    // The words bound what was agreed to: a row can say that it was less, never that it was more.
    const attributes = (versions.get(purposeVersion) ?? []).filter(
      (id) => row.attributes?.includes(id) ?? true,
    )
    return { notice: referenceTo(named), purposeVersion, attributes, fresh: undefined, shown: true }
  }
  if (row.notice !== undefined) throw new Quarantined('notice_unknown')
  // A text nobody placed belongs to the oldest version: whatever was changed since has to be asked again.
  const purposeVersion = row.purposeVersion ?? Math.min(...versions.keys())
  const language = row.textLanguage ?? row.language ?? frame.language
  const text = importedText(
    { purpose: row.purpose, purposeVersion, source, language, text: row.text },
    frame.now,
  )
  const there = registry.notices.find((one) => one.id === text.id && one.language === language)
  if (there === undefined) {
    const imported = registry.notices.filter(({ surface }) => surface === importedSurface).length
    if (imported >= mostImportedTexts) throw new Quarantined('too_many_texts')
  }
  return {
    notice: referenceTo(there ?? text),
    purposeVersion,
    // Somebody has to have read a foreign text before it can be said what it named.
    attributes:
      row.attributes ?? (row.purposeVersion === undefined ? [] : versions.get(purposeVersion)) ?? [],
    fresh: there === undefined ? text : undefined,
    shown: row.text !== undefined,
  }
}

/** A no needs no words to be one; it stands against the purpose as it is today. */
function wordingOfNo(row: ImportRow, { registry }: ImportFrame): Wording {
  const purposeVersion = registry.active.get(row.purpose)?.version ?? 0
  return { notice: undefined, purposeVersion, attributes: [], fresh: undefined, shown: false }
}

/** Other controllers, as far as the version in force names them. What an older one named is not known any more. */
function recipientsOf(wording: Wording, purpose: string, registry: PublishedRegistry): readonly string[] {
  const active = registry.active.get(purpose)
  if (active === undefined || active.version !== wording.purposeVersion || wording.fresh !== undefined)
    return []
  return active.recipients.flatMap((id) => {
    const system = registry.systems.get(id)
    return system?.role === 'controller' ? [system.legalEntity ?? id] : []
  })
}

const keyOf = (row: ImportRow, { source, fileHash }: ImportFrame): RowKey =>
  row.rowId === undefined ? { fileHash, line: row.line } : { source, rowId: row.rowId }

const sameScope = (a: ConsentEvent, b: ConsentEvent): boolean =>
  a.controller === b.controller &&
  a.brand === b.brand &&
  a.purpose === b.purpose &&
  a.contactChannel === b.contactChannel

/** Holds a fact against what is recorded: is it there already, is it another's double, does a no stand against it. */
function compare(
  fact: ConsentEvent,
  asked: PermissionKey,
  exact: boolean,
  events: readonly ConsentEvent[],
): 'new' | 'repeated' {
  const before = events.find(({ id }) => id === fact.id)
  if (before !== undefined) {
    const same =
      before.type === fact.type &&
      sameScope(before, fact) &&
      before.contactPoint === fact.contactPoint &&
      (!exact || before.occurredAt === fact.occurredAt)
    if (!same) throw new Quarantined('row_changed')
    return 'repeated'
  }
  for (const event of events) {
    if (event.occurredAt !== fact.occurredAt) continue
    const no = event.type === 'refused' || event.type === 'withdrawn'
    if (fact.type === 'given' && no && touches(event, asked)) throw new Quarantined('conflicting_order')
    if (!sameScope(event, fact)) continue
    const samePoint = event.contactPoint === fact.contactPoint
    const sameText =
      event.notice === undefined || fact.notice === undefined
        ? event.notice === fact.notice
        : sameNotice(event.notice, fact.notice)
    if (event.type === fact.type && samePoint && sameText) throw new Quarantined('duplicate')
  }
  return 'new'
}

function checkPurpose(row: ImportRow, registry: PublishedRegistry): void {
  const purpose = registry.purposes.get(row.purpose)
  if (purpose === undefined) throw new Quarantined('purpose_unknown')
  const active = registry.active.get(row.purpose)
  if (purpose.retired || active === undefined) throw new Quarantined('purpose_retired')
  if (!active.contactChannels.includes(row.contactChannel))
    throw new Quarantined('contact_channel_not_offered')
}

/**
 * What a row comes to for the person it is about; pure, and the same whether or not it is written down. Throws
 * `Quarantined` when it can be no fact.
 *
 * A yes is the person's own only with its words and something to look up; otherwise it is kept as the claim of a system,
 * of evidence grade `none`, and the state stays unknown (EDPB 05/2020 on consents without a reference). A no is a no,
 * with papers or without. When it was said decides what it means: an older yes that arrives late stays older than a no.
 */
export function judgeRow(row: ImportRow, person: JudgedPerson, frame: ImportFrame): JudgedRow {
  const { registry, controller, now } = frame
  if (person.known.facts.subject.state !== 'active') throw new Quarantined('subject_not_active')
  checkPurpose(row, registry)
  const yes = row.answer === 'given'
  const brand = row.brand ?? (yes ? frame.brand : '*')
  if (brand !== '*' && registry.brands.get(brand)?.controller !== controller)
    throw new Quarantined('brand_unknown')
  const contactPoint = contactPointOf(row, person)
  const wording = yes ? wordingOf(row, frame) : wordingOfNo(row, frame)
  const grade = yes && !wording.shown ? 'none' : row.grade
  const claim = yes && grade === 'none'
  const key = keyOf(row, frame)
  const known =
    registry.active.get(row.purpose)?.version === wording.purposeVersion && wording.fresh === undefined
  const asked: PermissionKey = { controller, brand, purpose: row.purpose, contactChannel: row.contactChannel }
  const fact: ConsentEvent = {
    id: importEventId(key, controller, person.subjectId, 'answer'),
    type: row.answer,
    controller,
    brand,
    purpose: row.purpose,
    contactChannel: row.contactChannel,
    contactPoint,
    occurredAt: row.at.instant,
    recordedAt: now,
    by: claim ? 'system' : 'subject',
    purposeVersion: wording.purposeVersion,
    jurisdiction: person.known.facts.subject.jurisdiction,
    capture: {
      channel: row.channel === 'paper' ? 'store' : row.channel,
      surface: row.channel === 'paper' ? 'import:paper' : 'import',
      language: row.language ?? wording.notice?.language ?? person.known.language,
    },
    ...(yes && {
      notice: wording.notice,
      attributes: wording.attributes,
      recipients: recipientsOf(wording, row.purpose, registry),
      validity: known ? registry.purposes.get(row.purpose)?.validity : undefined,
    }),
    // Of a claim nobody saw how the control stood and how the yes was said: neither is written down as if somebody had.
    ...(yes && !claim && { consentType: row.consentType, defaultState: row.defaultState }),
    ...((yes || grade !== 'none') && { evidenceGrade: grade }),
  }
  if (compare(fact, asked, row.at.exact, person.known.facts.events) === 'repeated')
    return { outcome: 'repeated' }
  const confirmation: ConsentEvent | undefined =
    row.confirmedAt === undefined || claim
      ? undefined
      : {
          ...fact,
          id: importEventId(key, controller, person.subjectId, 'confirmation'),
          type: 'confirmed',
          occurredAt: row.confirmedAt,
          confirms: fact.id,
        }
  return {
    outcome: claim ? 'unknown' : row.answer,
    events: confirmation === undefined ? [fact] : [fact, confirmation],
    text: wording.fresh,
  }
}
