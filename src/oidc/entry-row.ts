import type { Payload } from './request-unit.ts'

export const textOf = (value: unknown) => (typeof value === 'string' ? value : undefined)
export const hexOf = (value: unknown) =>
  value instanceof Uint8Array ? Buffer.from(value).toString('hex') : ''

/** An answer adds to what earlier steps of the same interaction brought, unless it ends it with an error. */
export function withResult(interaction: Payload, result: Payload | undefined): Payload {
  if (result === undefined) return interaction
  const before = interaction['lastSubmission']
  const merged = 'error' in result ? result : { ...(typeof before === 'object' ? before : {}), ...result }
  return { ...interaction, result: merged }
}
