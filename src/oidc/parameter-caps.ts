import { errors } from 'oidc-provider'

const ordinary = 2_048
/** Parameters that carry a document: signed requests and assertions, hints, structured claims. */
const long = new Map([
  ['request', 16_384],
  ['claims', 8_192],
  ['client_assertion', 8_192],
  ['id_token_hint', 8_192],
  ['logout_token', 8_192],
])
const most = 48

/**
 * R16: every parameter has a length and their number has a bound, checked before anything is split, matched or looked
 * up. A scope of a megabyte is refused by the length of its body before it is read.
 */
export function checkParameters(parameters: unknown): void {
  if (typeof parameters !== 'object' || parameters === null) return
  const entries = Object.entries(parameters)
  if (entries.length > most) throw new errors.InvalidRequest('too many parameters')
  for (const [name, value] of entries) {
    const cap = long.get(name) ?? ordinary
    const values: readonly unknown[] = Array.isArray(value) ? value : [value]
    if (name.length > 128 || values.length > 8) throw new errors.InvalidRequest('too many parameters')
    for (const one of values) {
      if (typeof one === 'string' && one.length > cap)
        throw new errors.InvalidRequest('a parameter is too long')
    }
  }
}

/** Bytes of a form body; the engine's own limit is a little above. */
export const longestBody = 48 * 1024
