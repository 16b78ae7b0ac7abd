import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseSync } from '@swc/core'
import { describe, expect, test } from 'vitest'
import type { ConsentEventType } from '../../src/features/consent/consent-event.ts'

const root = join(import.meta.dirname, '../..')

type Node = { readonly [key: string]: unknown }
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null

function visit(value: unknown, look: (node: Node) => void): void {
  if (Array.isArray(value)) for (const one of value) visit(one, look)
  else if (isNode(value)) {
    look(value)
    for (const one of Object.values(value)) visit(one, look)
  }
}
const parsed = (file: string): unknown =>
  parseSync(readFileSync(join(root, file), 'utf8'), { syntax: 'typescript', tsx: file.endsWith('x') }).body
const nameOf = (node: unknown): string => (isNode(node) ? String(node['value'] ?? '') : '')

/** The optional fields of an interface: those a caller can leave out without the compiler saying a word. */
function optionalFields(file: string, name: string): readonly string[] {
  const fields: string[] = []
  visit(parsed(file), (node) => {
    if (node['type'] !== 'TsInterfaceDeclaration' || nameOf(node['id']) !== name) return
    visit(node['body'], (member) => {
      if (member['type'] === 'TsPropertySignature' && member['optional'] === true)
        fields.push(nameOf(member['key']))
    })
  })
  return fields
}

/** Where the house is: its vectors set everything, and prove nothing about what production sets. */
const house = globSync('src/**/*.{ts,tsx}', { cwd: root }).filter(
  (file) => !/(?:^|\/)vectors?(?:\/|\.ts)|check-vectors/.test(file),
)

/** Every key of an object that is made anywhere in the house, outside of types. */
const made = new Set<string>()
for (const file of house) {
  visit(parsed(file), (node) => {
    if (node['type'] !== 'ObjectExpression' || !Array.isArray(node['properties'])) return
    for (const property of node['properties'] as readonly Node[]) {
      made.add(property['type'] === 'Identifier' ? nameOf(property) : nameOf(property['key']))
    }
  })
}

const consent = 'src/features/consent'
const inputs = [
  [`${consent}/facts.ts`, 'Facts'],
  [`${consent}/facts.ts`, 'SubjectFacts'],
  [`${consent}/facts.ts`, 'SuppressionFacts'],
  [`${consent}/age.ts`, 'AgeFacts'],
  [`${consent}/decision/matter.ts`, 'Query'],
  [`${consent}/choices.ts`, 'ChoiceMaker'],
  [`${consent}/choices.ts`, 'OfferedChoice'],
] as const

/** What no part of the house sets by itself, and why. */
const unset: Readonly<Record<string, string>> = {
  'Query.actorRole': 'Read from how the recipient is registered, so that nobody can claim it in a question.',
  'SuppressionFacts.checkedAt': 'Stands for checks by list and contact point, which is what the house keeps.',
}

describe('The decision', () => {
  test.each(inputs)('of %s takes nothing in %s that nobody in the house ever tells it', (file, name) => {
    const fields = optionalFields(file, name)
    expect(fields, `${name} was not found in ${file}`).not.toEqual([])
    expect(fields.filter((field) => !made.has(field) && unset[`${name}.${field}`] === undefined)).toEqual([])
  })

  test('is looked at in the whole house, and no reason outlives what it excuses', () => {
    expect(house.length).toBeGreaterThan(400)
    for (const named of Object.keys(unset)) {
      const [name, field = ''] = named.split('.')
      const found = inputs.find((one) => one[1] === name)
      expect(found && optionalFields(found[0], found[1]), named).toContain(field)
    }
  })
})

/** Who writes each kind of event. A new kind does not compile before somebody is named here. */
const writers: Readonly<Record<ConsentEventType, string>> = {
  notice_shown: 'src/channels/api/operations/notices-shown.ts',
  requested: 'src/compose/asked-questions.ts',
  deferred: `${consent}/choices.ts`,
  given: `${consent}/choices.ts`,
  confirmed: `${consent}/confirmation/confirm-consent.ts`,
  revoked: 'src/cli/consent.ts',
  refused: `${consent}/choices.ts`,
  withdrawn: `${consent}/choices.ts`,
  invalidated: 'src/cli/consent.ts',
  objected: `${consent}/object-to-purpose.ts`,
  objection_overridden: `${consent}/override-objection.ts`,
  restriction_set: `${consent}/restricting/restrict-processing.ts`,
  restriction_lifted: `${consent}/restricting/lift-restriction.ts`,
}

test.each(Object.entries(writers))('%s is written by %s', (type, file) => {
  expect(house).toContain(file)
  const said: string[] = []
  visit(parsed(file), (node) => {
    // Types are told apart from what is written: their literals stand below a TsLiteralType.
    if (node['type'] === 'TsLiteralType') return
    const values = [node['value'], node['expression'], node['consequent'], node['alternate']]
    for (const one of [...values, ...(Array.isArray(node['elements']) ? node['elements'] : [])])
      if (isNode(one) && (one['type'] === 'StringLiteral' || isNode(one['expression'])))
        said.push(nameOf(one['type'] === 'StringLiteral' ? one : one['expression']))
  })
  expect(said).toContain(type)
})
