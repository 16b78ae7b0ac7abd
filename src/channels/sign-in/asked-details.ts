import type { DetailField } from '../../../views/sign-in/your-details.tsx'
import { type Attribute, readTypedValue, wordsIn } from '../../features/profile/index.ts'
import type { FieldIssue } from '../../kernel/errors.ts'
import type { SignInDeps } from './sign-in-deps.ts'

export interface AskedDetail {
  readonly attribute: Attribute
  readonly required: boolean
}

/**
 * What the registration asks for: the minimum, then what the house added, in the catalogue's order. Special categories
 * are never asked for here: they need a purpose and an explicit yes of their own (GDPR Art. 9).
 */
export async function askedDetails(deps: SignInDeps): Promise<readonly AskedDetail[]> {
  const asked = new Set([...deps.requiredAttributes, ...deps.optionalAttributes])
  return (await deps.catalogue.all())
    .filter(({ attributeId, sensitivity, valueSchema }) => {
      return asked.has(attributeId) && sensitivity !== 'special' && valueSchema.type === 'string'
    })
    .map((attribute) => ({
      attribute,
      required: deps.requiredAttributes.includes(attribute.attributeId),
    }))
    .toSorted((a, b) => Number(b.required) - Number(a.required))
}

const inputTypes = { date: 'date', phone: 'tel', email: 'email' } as const

/** HTML autofill tokens of the OpenID claims a registration may ask for (WCAG 1.3.5). */
const autofill: Readonly<Record<string, string>> = {
  name: 'name',
  given_name: 'given-name',
  family_name: 'family-name',
  nickname: 'nickname',
  birthdate: 'bday',
  phone_number: 'tel',
  postal_code: 'postal-code',
  locality: 'address-level2',
  street_address: 'street-address',
}

export function detailField(
  { attribute, required }: AskedDetail,
  language: string,
  value: string | undefined,
): DetailField {
  const { attributeId, claim, labels, reasons, valueSchema } = attribute
  const why = wordsIn(reasons, language)
  const token = autofill[claim]
  const { format } = valueSchema
  const type = format === 'date' || format === 'phone' || format === 'email' ? inputTypes[format] : undefined
  return {
    id: attributeId,
    label: { text: wordsIn(labels, language) ?? attributeId },
    optional: !required,
    ...(why === undefined ? {} : { why: { text: why } }),
    ...(value === undefined ? {} : { value }),
    ...(type === undefined ? {} : { type }),
    ...(token === undefined ? {} : { autocomplete: token }),
  }
}

const missing: Readonly<Record<string, string>> = {
  given_name: 'given-name-required',
  family_name: 'family-name-required',
}

/** The answers that hold, and what is wrong with the others. */
export function readDetails(
  asked: readonly AskedDetail[],
  typed: Readonly<Record<string, string>>,
): { readonly answers: Record<string, string>; readonly issues: readonly FieldIssue[] } {
  const answers: Record<string, string> = {}
  const issues: FieldIssue[] = []
  for (const { attribute, required } of asked) {
    const { attributeId: field, claim } = attribute
    const read = readTypedValue(attribute, typed[field] ?? '')
    if (read.issue !== undefined) issues.push({ field, code: read.issue })
    else if (read.value !== undefined) answers[field] = String(read.value)
    else if (required) issues.push({ field, code: missing[claim] ?? 'required' })
  }
  return { answers, issues }
}
