import { type Assurance, meets } from '../kernel/actor.ts'

const acrOf: Readonly<Record<Exclude<Assurance, 'none'>, string>> = {
  code: 'urn:placet:acr:code',
  password: 'urn:placet:acr:password',
  passkey: 'urn:placet:acr:passkey',
}

/** In rising order, as published in `acr_values_supported`. */
export const acrValues: readonly string[] = [acrOf.code, acrOf.password, acrOf.passkey]

/** RFC 8176 names of the means that led to an assurance. */
const amrOf: Readonly<Record<Assurance, readonly string[]>> = {
  none: [],
  code: ['otp'],
  password: ['pwd'],
  passkey: ['pop', 'user'],
}

export const toAcr = (assurance: Assurance): string | undefined =>
  assurance === 'none' ? undefined : acrOf[assurance]

export const toAmr = (assurance: Assurance): readonly string[] => amrOf[assurance]

/** What a session's `acr` stands for. Anything unknown counts as nothing proven. */
export const fromAcr = (acr: unknown): Assurance =>
  acr === acrOf.passkey
    ? 'passkey'
    : acr === acrOf.password
      ? 'password'
      : acr === acrOf.code
        ? 'code'
        : 'none'

/**
 * The least assurance that satisfies a list of acr values: they are alternatives, and whoever reaches more than asked
 * has reached what was asked. Undefined when none of them is ours, because then there is nothing we could do.
 */
export function leastOf(values: readonly string[]): Assurance | undefined {
  const asked = values.map(fromAcr).filter((assurance) => assurance !== 'none')
  return asked.toSorted((a, b) => (a === b ? 0 : meets(a, b) ? 1 : -1))[0]
}
