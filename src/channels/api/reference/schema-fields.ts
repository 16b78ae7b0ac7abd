import type { ShownField } from '../../../../views/developers/api-reference.tsx'

/** As much of JSON Schema as zod writes. */
export interface Schema {
  readonly type?: string
  readonly format?: string
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly description?: string
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
}

function kindOf(schema: Schema): string {
  const { type, format, items } = schema
  const choices = schema.anyOf ?? schema.oneOf
  if (schema.enum !== undefined) return schema.enum.map(String).join(' | ')
  if (schema.const !== undefined) return String(schema.const)
  if (choices !== undefined) return [...new Set(choices.map(kindOf))].join(' | ')
  if (type === 'array') return `${items === undefined ? 'any' : kindOf(items)}[]`
  return format === undefined ? (type ?? 'any') : `${type} (${format})`
}

/** A shape as rows: nested fields follow the field they are in, by path. Each path once, the first that says something. */
export function fieldsOf(schema: Schema, path = ''): readonly ShownField[] {
  const rows = [...collect(schema, path)]
  const byName = new Map<string, ShownField>()
  for (const row of rows) {
    const before = byName.get(row.name)
    const kinds = before === undefined ? [row.kind] : [...new Set([...before.kind.split(' | '), row.kind])]
    byName.set(row.name, { ...row, ...before, kind: kinds.join(' | ') })
  }
  return [...byName.values()]
}

function* collect(schema: Schema, path: string): Generator<ShownField> {
  for (const choice of schema.anyOf ?? schema.oneOf ?? []) yield* collect(choice, path)
  if (schema.items !== undefined) yield* collect(schema.items, `${path}[]`)
  for (const [name, inner] of Object.entries(schema.properties ?? {})) {
    const full = path === '' ? name : `${path}.${name}`
    yield {
      name: full,
      kind: kindOf(inner),
      needed: schema.required?.includes(name) === true,
      meaning: inner.description ?? '',
    }
    yield* collect(inner, full)
  }
}
