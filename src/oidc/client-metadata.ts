import { z } from 'zod'
import { type FieldIssue, invalid, type PlacetError } from '../kernel/errors.ts'
import { isId } from '../kernel/ids.ts'
import { assignedFields, clientFields, localisedFields } from './client-fields.ts'
import { checkRules, responseTypesOf, type Tell } from './client-rules.ts'
import { nearestName } from './nearest-name.ts'

export type ClientMetadata = Readonly<Record<string, unknown>>

export interface ClientFault extends FieldIssue {
  /** The rule, and what to write instead; reads on after the name of the field. */
  readonly words: string
}

const shape = z.strictObject(clientFields)
const clientIdShape = /^[a-z0-9][a-z0-9._-]{2,62}$/
/** Given to terminals by their enrolment alone: no other client can take a name with a colon. */
const terminalIdShape = /^terminal:[a-z0-9-]{2,64}$/
const names: readonly string[] = Object.keys(clientFields)
const isLocalised = (name: string): name is (typeof localisedFields)[number] =>
  localisedFields.some((one) => one === name)

/** Names the field, the rule and what to write for each thing that is wrong. */
export const refusedClient = (faults: readonly ClientFault[]): PlacetError =>
  invalid(
    'client-metadata',
    `The client cannot be registered like this:\n${faults.map(({ field, words }) => `  - ${field} ${words}`).join('\n')}`,
    faults.map(({ field, code }) => ({ field, code })),
  )

function unknownName(name: string, alsoKnown: readonly string[]): ClientFault {
  if (name === 'software_statement') {
    const words = 'is signed by nobody this house knows (RFC 7591 2.3); write what it states as metadata'
    return { field: name, code: 'forbidden', words }
  }
  const near = nearestName(name, [...names, ...alsoKnown])
  const hint = near === undefined ? 'leave it out' : `did you mean "${near}"?`
  return { field: name, code: 'unknown', words: `is no name of client metadata; ${hint}` }
}

const faultsOf = (issues: readonly z.core.$ZodIssue[], alsoKnown: readonly string[]): ClientFault[] =>
  issues.flatMap((issue): ClientFault[] => {
    const field = issue.path.map(String).join('.')
    if (issue.code === 'unrecognized_keys') {
      return field === ''
        ? issue.keys.map((name) => unknownName(name, alsoKnown))
        : [{ field, code: 'unknown', words: `has "${issue.keys.join('", "')}", which does not belong there` }]
    }
    const code = issue.code === 'custom' ? String(issue.params?.['code'] ?? 'refused') : issue.code
    const words =
      issue.code === 'custom' || /^is |^has /.test(issue.message)
        ? issue.message
        : `is not right: ${issue.message}`
    return [{ field, code, words }]
  })

/** `client_name#es` beside `client_name`; the part behind the # is a language of BCP 47. */
function readLocalised(given: Readonly<Record<string, unknown>>, tell: Tell): ClientMetadata {
  const read: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(given)) {
    const [base = '', tag = ''] = name.split('#', 2)
    if (!isLocalised(base)) {
      tell(name, 'not-localised', `is not for people to read, and has no language; write "${base}"`)
      continue
    }
    const parsed = clientFields[base].safeParse(value)
    for (const fault of faultsOf(parsed.error?.issues ?? [], [])) tell(name, fault.code, fault.words)
    if (isLanguage(tag)) read[name] = parsed.data
    else tell(name, 'language', `names no language of BCP 47; write "${base}#es" or "${base}#ca-ES"`)
  }
  return read
}

function isLanguage(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1
  } catch {
    return false
  }
}

/**
 * A client as it may be registered, from the command line or a console: any metadata an OpenID client may have. A client
 * of ours (`firstParty`) sees the public `sub`; every other one a pairwise one unless it was decided otherwise. Throws
 * `client-metadata` with a field for each fault. A client id never has the shape of a subject's, so that a token of one can
 * never pass for the other's (R19). The engine has the last word: see check-client.ts.
 */
export function parseClientMetadata(
  clientId: string,
  input: Readonly<Record<string, unknown>>,
  options: {
    readonly firstParty: boolean
    readonly terminal?: boolean
    /** Names that whoever calls understands beside these, for the hint at a misspelt one. */
    readonly alsoKnown?: readonly string[]
  },
): ClientMetadata {
  const faults: ClientFault[] = []
  const tell: Tell = (field, code, words) => void faults.push({ field, code, words })
  const idShape = options.terminal === true ? terminalIdShape : clientIdShape
  if (!idShape.test(clientId) || isId(clientId)) {
    tell(
      'client_id',
      'shape',
      'is 3 to 63 letters, digits, dots, dashes or underlines in lower case, as in "my-shop"',
    )
  }
  const entries = Object.entries(input).filter(
    ([name, value]) => value !== null && value !== undefined && !assignedFields.includes(name),
  )
  const localised = readLocalised(Object.fromEntries(entries.filter(([name]) => name.includes('#'))), tell)
  const parsed = shape.safeParse(Object.fromEntries(entries.filter(([name]) => !name.includes('#'))))
  faults.push(...faultsOf(parsed.error?.issues ?? [], options.alsoKnown ?? []))
  if (parsed.success) checkRules(parsed.data, tell)
  if (!parsed.success || faults.length > 0) throw refusedClient(faults)
  return {
    ...Object.fromEntries(Object.entries(parsed.data).filter(([, value]) => value !== undefined)),
    ...localised,
    response_types: responseTypesOf(parsed.data),
    subject_type: parsed.data.subject_type ?? (options.firstParty ? 'public' : 'pairwise'),
  }
}
