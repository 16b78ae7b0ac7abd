import type { Attribute, AttributeValue, ValueSchema } from './attribute.ts'

const emptyToAbsent = (typed: string) => {
  const text = typed.normalize('NFC').trim()
  return text === '' ? undefined : text
}

const formats: Readonly<Record<NonNullable<ValueSchema['format']>, (text: string) => boolean>> = {
  date: (text) => {
    const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : undefined
    return day !== undefined && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text)
  },
  email: (text) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text),
  phone: (text) => /^\+?[\d\s().-]{6,30}$/.test(text),
  'postal-code-es': (text) => /^(0[1-9]|[1-4]\d|5[0-2])\d{3}$/.test(text),
  language: (text) => /^[a-z]{2,3}(-[A-Z]{2})?$/.test(text),
  country: (text) => /^[A-Z]{2}$/.test(text),
}

const formatIssue: Readonly<Partial<Record<NonNullable<ValueSchema['format']>, string>>> = {
  date: 'date-invalid',
  email: 'email-invalid',
  phone: 'phone-invalid',
  'postal-code-es': 'postal-code-invalid',
}

export type ReadValue =
  | { readonly value: AttributeValue | undefined; readonly issue?: undefined }
  | { readonly value?: undefined; readonly issue: string }

/** No control characters: a value ends up in mails, exports and headers of others. */
const isPlain = (text: string) => ![...text].some((character) => character < ' ' || character === '\u007f')

/** Takes in what a person typed for an attribute. Blank is no value; `issue` is a stable code with a text on the page. */
export function readTypedValue(attribute: Attribute, typed: string): ReadValue {
  const text = emptyToAbsent(typed)
  if (text === undefined) return { value: undefined }
  const schema = attribute.valueSchema
  switch (schema.type) {
    case 'boolean':
      if (text === 'true' || text === 'false') return { value: text === 'true' }
      return { issue: 'value-invalid' }
    case 'integer':
    case 'number':
      return readNumber(schema, text)
    case 'string':
      return readText(schema, text)
  }
}

function readNumber(schema: ValueSchema, text: string): ReadValue {
  const number = Number(text.replace(',', '.'))
  const whole = schema.type !== 'integer' || Number.isSafeInteger(number)
  const inRange = number >= (schema.minimum ?? -Infinity) && number <= (schema.maximum ?? Infinity)
  return Number.isFinite(number) && whole && inRange ? { value: number } : { issue: 'value-invalid' }
}

const longestText = 200

function readText(schema: ValueSchema, text: string): ReadValue {
  const length = [...text].length
  if (length > (schema.maxLength ?? longestText)) return { issue: 'value-too-long' }
  if (length < (schema.minLength ?? 0) || !isPlain(text)) return { issue: 'value-invalid' }
  if (schema.enum !== undefined && !schema.enum.includes(text)) return { issue: 'value-invalid' }
  if (schema.format !== undefined && !formats[schema.format](text)) {
    return { issue: formatIssue[schema.format] ?? 'value-invalid' }
  }
  return { value: text }
}
