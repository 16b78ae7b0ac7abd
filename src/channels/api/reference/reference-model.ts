import type { ApiReferenceModel, ShownOperation } from '../../../../views/developers/api-reference.tsx'
import { operationId, schemaOf, templateOf } from '../openapi.ts'
import type { AnyOperation } from '../operation.ts'
import { operations } from '../operations.ts'
import { fieldsOf } from './schema-fields.ts'

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`

/** The example as it would be typed; a token and a key stand for the reader's own. */
export function curlOf(one: AnyOperation, origin: string): string {
  const { params = {}, query = {}, body } = one.example
  const path = templateOf(one.path).replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(params[name] ?? name),
  )
  const search = new URLSearchParams(query).toString()
  const lines = [
    `curl ${one.method === 'GET' ? '' : `-X ${one.method} `}${quoted(`${origin}${path}${search === '' ? '' : `?${search}`}`)}`,
    `  -H "Authorization: Bearer $TOKEN"`,
    ...(one.idempotency === undefined ? [] : ['  -H "Idempotency-Key: $(uuidgen)"']),
    ...(body === undefined
      ? []
      : ["  -H 'Content-Type: application/json'", `  -d ${quoted(JSON.stringify(body, undefined, 2))}`]),
  ]
  return lines.join(' \\\n')
}

function shown(one: AnyOperation, origin: string): ShownOperation {
  const { params, query, body, responses, example, idempotency } = one
  const parameters = [
    ...(params === undefined ? [] : fieldsOf(schemaOf(params, 'input'))),
    ...(query === undefined ? [] : fieldsOf(schemaOf(query, 'input'))),
    ...(idempotency === undefined
      ? []
      : [
          {
            name: 'Idempotency-Key',
            kind: 'header',
            needed: true,
            meaning: 'Made by you, new for each act.',
          },
        ]),
  ]
  return {
    id: operationId(one.name),
    method: one.method,
    path: templateOf(one.path),
    summary: one.summary,
    description: one.description,
    scope: one.caller.scope,
    parameters,
    body: body === undefined ? [] : fieldsOf(schemaOf(body.schema, 'input')),
    answers: Object.entries(responses).map(([status, { description, schema }]) => ({
      status,
      description,
      fields: schema === undefined ? [] : fieldsOf(schemaOf(schema, 'output')),
    })),
    curl: curlOf(one, origin),
    exampleAnswer: JSON.stringify(example.answer, undefined, 2),
  }
}

export function apiReference(origin: string): ApiReferenceModel {
  return {
    tokenCurl: [
      `curl -u "$CLIENT_ID:$CLIENT_SECRET" ${origin}/oidc/token \\`,
      "  -d grant_type=client_credentials -d scope='permissions:read decisions:read'",
    ].join('\n'),
    operations: operations.map((one) => shown(one, origin)),
  }
}
