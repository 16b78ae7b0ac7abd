import type { z } from 'zod'
import { type FieldIssue, invalid } from '../../kernel/errors.ts'
import type { Route, RouteDeclaration } from './route.ts'

/** A message of the form `code:…` in a schema is the stable code of its issue; otherwise zod's own code serves. */
const issueCode = (issue: z.core.$ZodIssue): string =>
  issue.message.startsWith('code:') ? issue.message.slice(5) : `input.${issue.code}`

function parse<Shape>(schema: z.ZodType<Shape> | undefined, value: unknown, from: string): Shape | undefined {
  if (schema === undefined) return undefined
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const issues: FieldIssue[] = result.error.issues.map((issue) => ({
    field: issue.path.length === 0 ? from : issue.path.map(String).join('.'),
    code: issueCode(issue),
  }))
  throw invalid('invalid-input', `What was sent in the ${from} is not acceptable.`, issues)
}

/** Declares a route: what it takes, who may call it and what it may answer stand beside the handler. */
export function defineRoute<Params = undefined, Query = undefined, Body = undefined>(
  declaration: RouteDeclaration<Params, Query, Body>,
): Route {
  const { handle, ...open } = declaration
  return {
    ...(open as Omit<Route, 'run'>),
    run: (raw, rest) =>
      handle({
        ...rest,
        params: parse(declaration.params, raw.params, 'path') as Params,
        query: parse(declaration.query, raw.query, 'query') as Query,
        body: parse(declaration.body?.schema, raw.body, 'body') as Body,
      }),
  }
}
