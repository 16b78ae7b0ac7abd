import { errors } from 'oidc-provider'
import { PlacetError } from '../kernel/errors.ts'
import { translateDatabaseError } from '../platform/db/pg-errors.ts'

/** What the engine should make of a failed read: a database out of reach is 503 and worth another try, not a fault of ours. */
export function toEngineError(error: unknown): unknown {
  const translated = translateDatabaseError(error)
  if (!(translated instanceof PlacetError) || translated.failure !== 'unavailable') return translated
  const unavailable = new errors.TemporarilyUnavailable('try again in a moment', { cause: error })
  return Object.assign(unavailable, { status: 503, statusCode: 503 })
}
