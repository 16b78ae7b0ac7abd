import { z } from 'zod'

export type Sensitivity = 'personal' | 'sensitive' | 'special'

/** Words per language, such as `{ es: 'Nombre', en: 'First name' }`. */
export type LocalizedText = Readonly<Record<string, string>>

/** What a value may be, in the few words of JSON Schema a catalogue needs; patterns are left out, they can be made to hang. */
export const valueSchemaShape = z.strictObject({
  type: z.enum(['string', 'boolean', 'integer', 'number']),
  minLength: z.int().min(0).optional(),
  maxLength: z.int().min(1).max(2000).optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  enum: z.array(z.string()).optional(),
  format: z.enum(['date', 'email', 'phone', 'postal-code-es', 'language', 'country']).optional(),
})

export type ValueSchema = z.infer<typeof valueSchemaShape>
export type AttributeValue = string | boolean | number

/** An entry of the catalogue: what may be known of a person, how it reads, and why it is asked for. */
export interface Attribute {
  readonly attributeId: string
  /** Its name towards programs, an OpenID claim where one fits. */
  readonly claim: string
  readonly valueSchema: ValueSchema
  readonly labels: LocalizedText
  readonly reasons: LocalizedText
  readonly sensitivity: Sensitivity
  readonly retention: string
  readonly position: number
}

/** The words in the reader's language, else in Spanish, else whatever there is. */
export const wordsIn = (text: LocalizedText, language: string): string | undefined =>
  text[language] ?? text['es'] ?? Object.values(text)[0]
