import { errors } from 'oidc-provider'
import { PlacetError } from '../kernel/errors.ts'
import { translateDatabaseError } from '../platform/db/pg-errors.ts'

/** What the engine should make of a failure: a database out of reach is 503 and worth another try, not a fault of ours. */
export function toEngineError(error: unknown): unknown {
  const translated = translateDatabaseError(error)
  if (!(translated instanceof PlacetError) || translated.failure !== 'unavailable') return translated
  const unavailable = new errors.TemporarilyUnavailable('try again in a moment', { cause: error })
  return Object.assign(unavailable, { status: 503, statusCode: 503 })
}

/** A question of the engine's that another room answers, its failures in the engine's words. */
export const inEngineWords =
  <Question extends readonly unknown[], Answer>(ask: (...question: Question) => Promise<Answer>) =>
  async (...question: Question): Promise<Answer> => {
    try {
      return await ask(...question)
    } catch (error) {
      throw toEngineError(error)
    }
  }
