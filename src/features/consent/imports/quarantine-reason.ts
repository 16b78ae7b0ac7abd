/**
 * Why a row was set aside, in words for whoever has to mend it. The codes are stable: scripts count by them. None of the
 * words repeats what stands in the row, so that a report can be passed on.
 */
export const quarantineWords = {
  line_too_long: 'The record is longer than any row of this kind can be.',
  quote_unclosed:
    'A quote opens on this line and is never closed. The lines after it are read as rows of their own.',
  after_broken_quote:
    'The line comes after a broken quote: it is either a row, or text that somebody typed into the cell before. Look at it, and import it if it is a row.',
  quote_misplaced:
    'A quote stands where none can: in the middle of a cell, or after the end of a quoted one.',
  columns_mismatch: 'The record has more or fewer cells than the header has columns.',
  invalid_utf8: 'The record is not UTF-8 text.',
  control_character: 'The record holds characters that no text has.',
  not_json: 'The line is not one JSON object.',
  field_malformed: 'A field that is needed holds a list or an object where one value belongs.',
  field_too_long: 'A field is longer than anything it could stand for.',
  subject_missing: 'The row names nobody: no e-mail, no phone number, no customer number.',
  email_malformed: 'The e-mail address is none.',
  phone_malformed: 'No such phone number can exist.',
  customer_number_malformed: 'The customer number has characters that no card has.',
  subject_unknown: 'Nobody in the house has this identifier.',
  subject_ambiguous: 'The identifiers of this row belong to different people.',
  subject_not_active: 'Nothing can be recorded for this person: the account is blocked or erased.',
  purpose_unknown: 'The house has no such purpose.',
  purpose_retired: 'The purpose is retired.',
  contact_channel_unknown: 'The contact channel is none of ours.',
  contact_channel_not_offered: 'The purpose is not offered on this contact channel.',
  contact_point_missing: 'A yes for this contact channel has to name the address or number it was given for.',
  contact_point_unknown: 'The address or number is not one of this person’s.',
  brand_unknown: 'The house has no such brand.',
  answer_unknown: 'The answer is neither given, refused nor withdrawn.',
  date_missing: 'The row does not say when the person answered.',
  date_malformed: 'The date is none that a calendar has.',
  date_without_zone: 'The time has no zone; give an offset, or name the zone in the mapping.',
  date_in_future: 'The answer lies in the future.',
  confirmed_before_given: 'The confirmation is earlier than the yes it confirms.',
  channel_unknown: 'The row does not say where the person answered, or at a place that is none of ours.',
  notice_unknown: 'The notice was never published here in this version for this purpose.',
  too_many_texts:
    'The house holds too many different imported texts already; name a published notice instead.',
  purpose_version_unknown: 'The purpose has no such version.',
  attribute_unknown: 'One of the attributes is not in the catalogue.',
  evidence_grade_unknown: 'The grade of evidence is neither full, partial nor none.',
  consent_type_unknown: 'The kind of consent is neither expressed nor explicit.',
  consent_implied: 'Silence, scrolling or going on is no consent (GDPR Art. 4(11)).',
  choice_ticked_by_default: 'The control was ticked before the person touched it (C-673/17 Planet49).',
  language_malformed: 'The language is no language tag.',
  jurisdiction_malformed: 'The country is no two-letter code.',
  duplicate: 'The same answer of the same person at the same moment is recorded already.',
  conflicting_order: 'At this very moment the person also said no; a yes cannot stand against it.',
  row_changed:
    'This row was imported before with another content. Facts are never overwritten: send a new row.',
} as const

export type QuarantineReason = keyof typeof quarantineWords

/** A row that is set aside; thrown by the rules of a row, caught where rows are counted. */
export class Quarantined extends Error {
  readonly reason: QuarantineReason

  constructor(reason: QuarantineReason) {
    super(reason)
    this.name = 'Quarantined'
    this.reason = reason
  }
}
