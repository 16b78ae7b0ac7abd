import { z } from 'zod'
import type { AnyOperation } from './operation.ts'
import { operations } from './operations.ts'
import { type ProblemEntry, problemCatalogue } from './problems/catalogue.ts'

type Json = Readonly<Record<string, unknown>>

/** `/a/:b\\:c` of the router as `/a/{b}:c` of OpenAPI. */
export const templateOf = (path: string): string =>
  path.replaceAll(/(?<!\\):([A-Za-z]\w*)/g, '{$1}').replaceAll('\\:', ':')

export const operationId = (name: string): string =>
  name.replace(/^api\./, '').replaceAll(/\.(\w)/g, (_, letter: string) => letter.toUpperCase())

export const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): Json => {
  const { $schema, ...rest } = z.toJSONSchema(schema, { target: 'draft-2020-12', io, unrepresentable: 'any' })
  return rest
}

interface ObjectSchema {
  readonly properties?: Readonly<Record<string, Json>>
  readonly required?: readonly string[]
}

function parametersOf(
  schema: z.ZodType | undefined,
  place: 'path' | 'query',
  example: Json | undefined,
): readonly Json[] {
  if (schema === undefined) return []
  const { properties = {}, required = [] } = schemaOf(schema, 'input') as ObjectSchema
  return Object.entries(properties).map(([name, { description, ...shape }]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    ...(description === undefined ? {} : { description }),
    schema: shape,
    ...(example?.[name] === undefined ? {} : { example: example[name] }),
  }))
}

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  required: true,
  description:
    'Eight to 128 visible characters, made by you for each act. The same key with the same request gives the same answer again; with another request it is refused.',
  schema: { type: 'string', minLength: 8, maxLength: 128 },
}

/** Refusals of the gate, which every operation has. */
const common = [
  ['401', 'No valid access token: `token-needed`.'],
  ['403', 'The token lacks the scope, or this is not yours to do.'],
  ['404', 'Nobody and nothing of yours by that name.'],
  ['422', 'What was sent is not acceptable; `errors` points at each place.'],
  ['429', 'Too many requests; `Retry-After` says when to come back.'],
  ['503', 'Not now; the same request is safe to repeat, with the same key where it takes one.'],
] as const

const problemAnswer = (description: string): Json => ({
  description,
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
})

function describeOperation(one: AnyOperation): Json {
  const { name, summary, description, caller, params, query, body, responses, example, idempotency } = one
  return {
    operationId: operationId(name),
    summary,
    description,
    tags: [name.split('.')[1] ?? 'api'],
    security: [{ clientCredentials: [caller.scope] }],
    parameters: [
      ...parametersOf(params, 'path', example.params),
      ...parametersOf(query, 'query', example.query),
      ...(idempotency === undefined ? [] : [idempotencyKey]),
    ],
    ...(body === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: {
              'application/json': { schema: schemaOf(body.schema, 'input'), example: example.body },
            },
          },
        }),
    responses: {
      ...Object.fromEntries(
        Object.entries(responses).map(([status, { description: told, schema }]) => [
          status,
          {
            description: told,
            ...(schema === undefined
              ? {}
              : {
                  content: {
                    'application/json': {
                      schema: schemaOf(schema, 'output'),
                      ...(Number(status) === example.status ? { example: example.answer } : {}),
                    },
                  },
                }),
          },
        ]),
      ),
      ...Object.fromEntries(common.map(([status, told]) => [status, problemAnswer(told)])),
    },
  }
}

const problemSchema: Json = {
  type: 'object',
  description: 'Problem details (RFC 9457). `type` is the address where the code is explained.',
  required: ['type', 'title', 'status', 'detail', 'code', 'requestId', 'reference'],
  properties: {
    type: { type: 'string', format: 'uri' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    code: { type: 'string', description: 'Stable; see /problems.' },
    requestId: { type: 'string' },
    reference: { type: 'string', description: 'Short enough to be read out on the phone.' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['pointer', 'code'],
        properties: { pointer: { type: 'string' }, code: { type: 'string' } },
      },
    },
  },
}

const scopes = (): Json =>
  Object.fromEntries([...new Set(operations.map(({ caller }) => caller.scope))].map((one) => [one, one]))

/**
 * The OpenAPI 3.1 document of the API, made of the very declarations that the guard holds callers to: what is not declared is
 * neither accepted nor described. Addresses are relative, so one document serves every installation.
 */
export function openApiDocument(): Json {
  const paths: Record<string, Record<string, Json>> = {}
  for (const one of operations) {
    const path = templateOf(one.path)
    paths[path] = { ...paths[path], [one.method.toLowerCase()]: describeOperation(one) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Placet API',
      version: '1',
      description:
        'For systems. Get a token with the client credentials grant at `/oidc/token`, name the scopes you need, and send it as a bearer token. People are addressed by the `sub` your client knows.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    paths,
    components: {
      schemas: { Problem: problemSchema },
      securitySchemes: {
        clientCredentials: {
          type: 'oauth2',
          flows: { clientCredentials: { tokenUrl: '/oidc/token', scopes: scopes() } },
        },
      },
    },
    'x-problems': Object.fromEntries(
      Object.entries(problemCatalogue).map(([code, { status, means }]: [string, ProblemEntry]) => [
        code,
        { status, means: means.en },
      ]),
    ),
  }
}
