import { z } from 'zod'
import { contactChannels } from '../../../kernel/evidence.ts'

/** What a row may say. The first five are needed; who the person is, at least once. */
const importFields = [
  'purpose',
  'contact_channel',
  'answer',
  'given_at',
  'channel',
  'email',
  'phone',
  'customer_number',
  'row_id',
  'brand',
  'confirmed_at',
  'notice_id',
  'notice_version',
  'notice_language',
  'text',
  'text_language',
  'purpose_version',
  'attributes',
  'default_state',
  'consent_type',
  'evidence_grade',
  'evidence_reference',
  'language',
  'jurisdiction',
] as const

export type ImportField = (typeof importFields)[number]

export const importAnswers = ['given', 'refused', 'withdrawn'] as const
export type ImportAnswer = (typeof importAnswers)[number]

/** Where the person answered: our channels, and paper, which has no channel of its own. */
export const importChannels = ['web', 'app', 'kiosk', 'call-centre', 'store', 'api', 'paper'] as const
export type ImportChannel = (typeof importChannels)[number]

const field = z.enum(importFields)
const isZone = (zone: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

type Constants = Partial<Record<ImportField, string>>

/**
 * What one person did, and what shows it. Said by a mapping for a whole file it would be nobody's evidence: how the control
 * stood and how the yes was said make a claim explicit, and a date of confirmation makes it a double opt-in.
 */
const ofOneRow = [
  'evidence_reference',
  'evidence_grade',
  'default_state',
  'consent_type',
  'confirmed_at',
] as const satisfies readonly ImportField[]

const namesNoEvidence = (constants: Constants): boolean =>
  ofOneRow.every((name) => constants[name] === undefined)

/** What a text covers can be said for all rows at once where all of them have that text, and somebody has read it. */
const coversItsOwnText = (constants: Constants): boolean =>
  (constants.attributes === undefined && constants.purpose_version === undefined) ||
  constants.text !== undefined ||
  (constants.notice_id !== undefined && constants.notice_version !== undefined)

/**
 * How the words of a foreign file become ours. Everything is optional: a file whose columns already have our names needs
 * no mapping. What stands in `constants` holds for every row and goes before any column.
 */
export const importMappingShape = z.strictObject({
  source: z.string().min(1).max(100).exactOptional(),
  columns: z.partialRecord(field, z.string().min(1)).exactOptional(),
  constants: z
    .partialRecord(field, z.string().min(1))
    .refine(namesNoEvidence, 'evidence is of one row: it cannot be named for all of them at once')
    .refine(coversItsOwnText, 'what a text covers can be a constant only where the text or the notice is one')
    .exactOptional(),
  answers: z.record(z.string(), z.enum(importAnswers)).exactOptional(),
  purposes: z.record(z.string(), z.string().min(1)).exactOptional(),
  contactChannels: z.record(z.string(), z.enum(contactChannels)).exactOptional(),
  channels: z.record(z.string(), z.enum(importChannels)).exactOptional(),
  zone: z.string().refine(isZone, 'is no IANA time zone').exactOptional(),
  dayFirst: z.boolean().exactOptional(),
})

export type ImportMapping = z.infer<typeof importMappingShape>

/** The column a field is read from. */
export const columnOf = (mapping: ImportMapping, name: ImportField): string => mapping.columns?.[name] ?? name

const needed: readonly (readonly ImportField[])[] = [
  ['purpose'],
  ['contact_channel'],
  ['answer'],
  ['given_at'],
  ['channel'],
  ['email', 'phone', 'customer_number'],
]

/**
 * What a header lacks before any of its rows can be read, each as the columns of which one would do. A column that the
 * mapping names and nobody finds counts too: misspelt, it would make claims without proof of all that was proven.
 */
export const missingColumns = (mapping: ImportMapping, columns: readonly string[]): readonly string[] => [
  ...Object.values(mapping.columns ?? {}).filter((name) => !columns.includes(name)),
  ...needed
    .filter((any) => any.every((name) => mapping.columns?.[name] === undefined))
    .filter(
      (any) =>
        !any.some(
          (name) => mapping.constants?.[name] !== undefined || columns.includes(columnOf(mapping, name)),
        ),
    )
    .map((any) => any.map((name) => columnOf(mapping, name)).join(' or ')),
]
