import { z } from 'zod'
import type { Answer } from '../../platform/web/answer.ts'
import { defineRoute } from '../../platform/web/define-route.ts'
import type { GuardedRequest, Route, RouteDeclaration } from '../../platform/web/route.ts'
import type { ApiDeps } from './api-deps.ts'
import { type Asking, askingOf } from './asking.ts'

/** A route of the API before it has a handler: all that the reference tells, and all that the guard holds callers to. */
export type Operation<Params, Query, Body> = Omit<
  RouteDeclaration<Params, Query, Body>,
  'handle' | 'caller'
> & {
  readonly caller: { readonly who: 'client'; readonly scope: string }
  readonly summary: string
  readonly description: string
  readonly responses: NonNullable<RouteDeclaration<Params, Query, Body>['responses']>
  readonly example: NonNullable<RouteDeclaration<Params, Query, Body>['example']>
}

export const operation = <Params = undefined, Query = undefined, Body = undefined>(
  declared: Operation<Params, Query, Body>,
): Operation<Params, Query, Body> => declared

/** An operation whose shapes are settled, as the reference reads them. */
export interface AnyOperation
  extends Omit<Operation<unknown, unknown, unknown>, 'params' | 'query' | 'body'> {
  readonly params?: z.ZodType
  readonly query?: z.ZodType
  readonly body?: { readonly type: 'form' | 'json'; readonly schema: z.ZodType; readonly maxBytes?: number }
}

/** Gives an operation its handler: counted against the client's limit, and told who asks on behalf of which system. */
export const handled = <Params, Query, Body>(
  deps: ApiDeps,
  declared: Operation<Params, Query, Body>,
  act: (asking: Asking, request: GuardedRequest<Params, Query, Body>) => Promise<Answer>,
): Route =>
  defineRoute<Params, Query, Body>({
    ...declared,
    handle: async (request) => {
      const asking = await askingOf(deps, request.actor)
      await deps.limiter.consume(asking.client.clientId, 'api-client')
      return act(asking, request)
    },
  })

/** Words that the reference shows beside a field. */
export const described = <Schema extends z.ZodType>(schema: Schema, description: string): Schema =>
  schema.meta({ description })

export const subField = described(
  z.string().min(1).max(255),
  'The person, by the name your client knows: the `sub` of its ID tokens.',
)
export const purposeField = described(
  z.string().min(1).max(100),
  'Id of a purpose your system is registered for.',
)
export const instant = described(z.iso.datetime(), 'RFC 3339 instant in UTC.')
