import { describe, expect, test } from 'vitest'
import { openApiDocument, templateOf } from '../../../src/channels/api/openapi.ts'
import { operations } from '../../../src/channels/api/operations.ts'
import { curlOf } from '../../../src/channels/api/reference/reference-model.ts'
import { fieldsOf } from '../../../src/channels/api/reference/schema-fields.ts'

/** As a reader of the document has it: text. */
type Parsed = ReturnType<typeof JSON.parse>
const document: Parsed = JSON.parse(JSON.stringify(openApiDocument()))

describe('The OpenAPI document', () => {
  test('has every operation once, with an id, a scope, an example and the refusals of the gate', () => {
    const described = Object.entries<Parsed>(document.paths).flatMap(([path, methods]) =>
      Object.entries<Parsed>(methods).map(([method, one]) => ({ path, method, ...one })),
    )
    expect(described).toHaveLength(operations.length)
    expect(new Set(described.map(({ operationId }) => operationId)).size).toBe(operations.length)
    for (const one of described) {
      expect(one.security[0].clientCredentials).toHaveLength(1)
      expect(Object.keys(one.responses)).toEqual(expect.arrayContaining(['200', '401', '403', '422', '429']))
      const names = [...one.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
      const inPath = one.parameters
        .filter((parameter: Parsed) => parameter.in === 'path')
        .map(({ name }: Parsed) => name)
      expect(inPath).toEqual(names)
      const keyed = one.parameters.some(({ name }: Parsed) => name === 'Idempotency-Key')
      // What is recorded takes a key; a question is answered anew each time, whatever its method (R91, R92).
      expect(keyed).toBe(one.security[0].clientCredentials[0].endsWith(':write'))
    }
  })

  test('says nothing twice and points nowhere: every reference is to something in it', () => {
    const text = JSON.stringify(document)
    const references = [...text.matchAll(/"\$ref":"([^"]+)"/g)].map(([, target]) => target)
    expect(new Set(references)).toEqual(new Set(['#/components/schemas/Problem']))
    expect(text).not.toContain('$schema')
  })

  test('refuses unknown fields in every body, as the guard does (R106)', () => {
    for (const methods of Object.values<Parsed>(document.paths)) {
      const schema = methods.post?.requestBody?.content['application/json'].schema
      if (schema !== undefined) expect(schema.additionalProperties).toBe(false)
    }
  })
})

test('a path of the router becomes one of the document, a literal colon included', () => {
  expect(templateOf('/a/:b/c\\:d')).toBe('/a/{b}/c:d')
})

test('an example is shown as it would be typed', () => {
  const objections = operations.find(({ name }) => name === 'api.objections')!
  expect(curlOf(objections, 'https://id.example')).toMatch(
    /^curl -X POST 'https:\/\/id\.example\/api\/v1\/objections' \\\n {2}-H "Authorization: Bearer \$TOKEN"/,
  )
})

test('fields of a shape are told by their path, each once', () => {
  const fields = fieldsOf({
    properties: {
      items: {
        type: 'array',
        items: { properties: { sub: { type: 'string', description: 'Who.' } }, required: ['sub'] },
      },
      one: { oneOf: [{ properties: { a: { const: 'x' } } }, { properties: { a: { const: 'y' } } }] },
    },
    required: ['items'],
  })
  expect(fields).toEqual([
    { name: 'items', kind: 'any[]', needed: true, meaning: '' },
    { name: 'items[].sub', kind: 'string', needed: true, meaning: 'Who.' },
    { name: 'one', kind: 'any', needed: false, meaning: '' },
    { name: 'one.a', kind: 'x | y', needed: false, meaning: '' },
  ])
})
