import type { ContactChannel } from '../../../kernel/evidence.ts'
import { contactChannels } from '../../../kernel/evidence.ts'
import {
  type EmailAddress,
  type PhoneNumber,
  parseEmailAddress,
  parsePhoneNumber,
} from '../../identity/index.ts'
import type { Instant } from '../calendar.ts'
import {
  columnOf,
  type ImportAnswer,
  type ImportChannel,
  type ImportField,
  type ImportMapping,
  importAnswers,
  importChannels,
} from './import-mapping.ts'
import { isReadable } from './ndjson-records.ts'
import { Quarantined } from './quarantine-reason.ts'
import { type SaidAt, saidAt } from './said-at.ts'
import type { SourceRecord } from './source-record.ts'

/** One row as it was understood, before anybody looked at what the house knows. */
export interface ImportRow {
  readonly line: number
  /** The source's own name for the row, where it has one. */
  readonly rowId: string | undefined
  readonly email: EmailAddress | undefined
  readonly phone: PhoneNumber | undefined
  readonly customerNumber: string | undefined
  readonly purpose: string
  readonly contactChannel: ContactChannel
  readonly brand: string | undefined
  readonly answer: ImportAnswer
  readonly at: SaidAt
  readonly confirmedAt: Instant | undefined
  readonly channel: ImportChannel
  readonly notice:
    | { readonly id: string; readonly version: string; readonly language: string | undefined }
    | undefined
  readonly text: string | undefined
  readonly textLanguage: string | undefined
  readonly purposeVersion: number | undefined
  readonly attributes: readonly string[] | undefined
  /** Undefined, as the state of the control, where the row does not tell: what nobody said is not put in its place. */
  readonly consentType: 'expressed' | 'explicit' | undefined
  readonly defaultState: 'unticked' | undefined
  /** `none` also when a grade is claimed and nothing is named that could be looked up. */
  readonly grade: 'full' | 'partial' | 'none'
  readonly reference: string | undefined
  readonly language: string | undefined
  readonly jurisdiction: string | undefined
}

const longest = { cell: 500, text: 100_000 }
const grades = ['full', 'partial', 'none'] as const
const card = /^[A-Za-z0-9][A-Za-z0-9 -]{1,60}$/
const languageTag = /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/

const oneOf = <Value extends string>(values: readonly Value[], text: string): Value | undefined =>
  values.find((value) => value === text)

/** Only what the mapping itself says: every object also knows a `constructor`. */
const mapped = <Value>(
  words: Readonly<Record<string, Value>> | undefined,
  word: string,
): Value | undefined => (words !== undefined && Object.hasOwn(words, word) ? words[word] : undefined)

/** Reads the cells of one row by the mapping. */
class Cells {
  readonly #cells: ReadonlyMap<string, string>
  readonly #mapping: ImportMapping

  constructor(record: SourceRecord, mapping: ImportMapping) {
    this.#cells = record.cells
    this.#mapping = mapping
  }

  /** The cell without surrounding spaces; undefined when there is nothing in it. */
  get(name: ImportField): string | undefined {
    const cell = this.#raw(name)?.trim()
    if (cell === undefined || cell === '') return undefined
    if (cell.length > longest.cell) throw new Quarantined('field_too_long')
    return cell
  }

  /** The cell to the letter: a space is a change of a text. */
  verbatim(name: ImportField): string | undefined {
    const cell = this.#raw(name)
    if (cell === undefined || cell.trim() === '') return undefined
    if (cell.length > longest.text) throw new Quarantined('field_too_long')
    return cell
  }

  #raw(name: ImportField): string | undefined {
    const cell = this.#mapping.constants?.[name] ?? this.#cells.get(columnOf(this.#mapping, name))
    if (cell !== undefined && !isReadable(cell)) throw new Quarantined('field_malformed')
    return cell
  }
}

function answerOf(cells: Cells, mapping: ImportMapping): ImportAnswer {
  const said = cells.get('answer') ?? ''
  const answer = mapped(mapping.answers, said) ?? oneOf(importAnswers, said)
  if (answer === undefined) throw new Quarantined('answer_unknown')
  return answer
}

function personOf(cells: Cells): Pick<ImportRow, 'email' | 'phone' | 'customerNumber'> {
  const [typedEmail, typedPhone, customerNumber] = [
    cells.get('email'),
    cells.get('phone'),
    cells.get('customer_number'),
  ]
  if (typedEmail === undefined && typedPhone === undefined && customerNumber === undefined) {
    throw new Quarantined('subject_missing')
  }
  const email = typedEmail === undefined ? undefined : parseEmailAddress(typedEmail)
  if (typedEmail !== undefined && email === undefined) throw new Quarantined('email_malformed')
  const phone = typedPhone === undefined ? undefined : parsePhoneNumber(typedPhone)
  if (typedPhone !== undefined && phone === undefined) throw new Quarantined('phone_malformed')
  if (customerNumber !== undefined && !card.test(customerNumber))
    throw new Quarantined('customer_number_malformed')
  return { email, phone, customerNumber }
}

/** What only a yes has to prove. A no is never held back for a flaw in its papers: it is kept without them. */
function proofOf(cells: Cells): Pick<ImportRow, 'consentType' | 'defaultState' | 'grade' | 'reference'> {
  const defaultState = cells.get('default_state')
  if (defaultState !== undefined && defaultState !== 'unticked')
    throw new Quarantined('choice_ticked_by_default')
  const kind = cells.get('consent_type')
  if (kind === 'implied') throw new Quarantined('consent_implied')
  const consentType = kind === undefined ? undefined : oneOf(['expressed', 'explicit'] as const, kind)
  if (kind !== undefined && consentType === undefined) throw new Quarantined('consent_type_unknown')
  const claimed = oneOf(grades, cells.get('evidence_grade') ?? 'none')
  if (claimed === undefined) throw new Quarantined('evidence_grade_unknown')
  const reference = cells.get('evidence_reference')
  return { consentType, defaultState, reference, grade: reference === undefined ? 'none' : claimed }
}

function wordingOf(
  cells: Cells,
): Pick<ImportRow, 'notice' | 'text' | 'textLanguage' | 'purposeVersion' | 'attributes'> {
  const [id, version, purposeVersion] = [
    cells.get('notice_id'),
    cells.get('notice_version'),
    cells.get('purpose_version'),
  ]
  if ((id === undefined) !== (version === undefined)) throw new Quarantined('notice_unknown')
  if (purposeVersion !== undefined && !/^\d{1,6}$/.test(purposeVersion))
    throw new Quarantined('purpose_version_unknown')
  return {
    notice:
      id === undefined || version === undefined
        ? undefined
        : { id, version, language: cells.get('notice_language') },
    text: cells.verbatim('text'),
    textLanguage: languageIn(cells, 'text_language'),
    purposeVersion: purposeVersion === undefined ? undefined : Number(purposeVersion),
    attributes: cells.get('attributes')?.split(/[\s,]+/),
  }
}

function languageIn(cells: Cells, name: 'language' | 'text_language'): string | undefined {
  const tag = cells.get(name)
  if (tag !== undefined && !languageTag.test(tag)) throw new Quarantined('language_malformed')
  return tag
}

const noPapers = {
  consentType: undefined,
  defaultState: undefined,
  grade: 'none',
  notice: undefined,
  text: undefined,
  textLanguage: undefined,
  purposeVersion: undefined,
  attributes: undefined,
} as const

/** Understands one row, or throws `Quarantined` with why not. */
export function readRow(record: SourceRecord, mapping: ImportMapping, now: Instant): ImportRow {
  if (record.flaw !== undefined) throw new Quarantined(record.flaw)
  const cells = new Cells(record, mapping)
  const person = personOf(cells)
  const purpose = cells.get('purpose')
  if (purpose === undefined) throw new Quarantined('purpose_unknown')
  const via = cells.get('contact_channel') ?? ''
  const contactChannel = mapped(mapping.contactChannels, via) ?? oneOf(contactChannels, via)
  if (contactChannel === undefined) throw new Quarantined('contact_channel_unknown')
  const answer = answerOf(cells, mapping)
  const yes = answer === 'given'
  const place = cells.get('channel') ?? ''
  const channel = mapped(mapping.channels, place) ?? oneOf(importChannels, place)
  if (channel === undefined) throw new Quarantined('channel_unknown')
  const given = cells.get('given_at')
  if (given === undefined) throw new Quarantined('date_missing')
  const at = notAfter(saidAt(given, yes, mapping), !yes, now)
  const jurisdiction = cells.get('jurisdiction')
  if (jurisdiction !== undefined && !/^[A-Z]{2}$/.test(jurisdiction))
    throw new Quarantined('jurisdiction_malformed')
  const confirmed = yes ? cells.get('confirmed_at') : undefined
  const confirmedAt =
    confirmed === undefined ? undefined : notAfter(saidAt(confirmed, false, mapping), true, now).instant
  if (confirmedAt !== undefined && confirmedAt < at.instant) throw new Quarantined('confirmed_before_given')
  return {
    line: record.line,
    rowId: cells.get('row_id'),
    ...person,
    purpose: mapped(mapping.purposes, purpose) ?? purpose,
    contactChannel,
    brand: cells.get('brand'),
    answer,
    at,
    confirmedAt,
    channel,
    ...(yes
      ? { ...proofOf(cells), ...wordingOf(cells) }
      : { ...noPapers, reference: cells.get('evidence_reference') }),
    language: languageIn(cells, 'language'),
    jurisdiction,
  }
}

const longestDay = 25 * 3_600_000

/** A day without a time is taken to its end for whatever is no yes; one that is not over yet ends now. */
function notAfter(said: SaidAt, toItsEnd: boolean, now: Instant): SaidAt {
  if (said.instant <= now) return said
  if (!said.exact && toItsEnd && said.instant - now < longestDay) return { instant: now, exact: false }
  throw new Quarantined('date_in_future')
}
