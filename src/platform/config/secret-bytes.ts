import { createHash } from 'node:crypto'

/**
 * Secrets published with the demo or in examples, by SHA-256, so that the check does not repeat them: the demo's KEK and
 * master secret are the SHA-256 of these labels, and everybody can compute them.
 */
const publishedLabels = ['placet demo kek', 'placet demo secret', 'placet test kek', 'placet test secret']

/** A secret anybody can know, for demo and tests: 32 bytes in base64, made of its label. Refused in production. */
export const publishedSecret = (label: (typeof publishedLabels)[number]): string =>
  createHash('sha256').update(label).digest('base64')

const published = new Set(publishedLabels.map(publishedSecret))

/** Why a list of secrets is not usable; undefined when it is. */
export type SecretFault = 'missing' | 'not 32 bytes in base64' | 'published with the demo' | 'not random'

/** Reads a comma-separated list of 32-byte keys in base64, newest first. */
export function parseSecrets(text: string | undefined, strict: boolean): Uint8Array[] | SecretFault {
  const entries = (text ?? '')
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
  if (entries.length === 0) return 'missing'
  const keys = entries.map((entry) => Buffer.from(entry, 'base64'))
  const whole = keys.every(
    (key, at) => key.byteLength === 32 && key.toString('base64') === padded(entries[at] ?? ''),
  )
  if (!whole) return 'not 32 bytes in base64'
  // 32 random bytes have fewer than sixteen different values about once in 10^15; typed or repeated ones always.
  if (keys.some((key) => new Set(key).size < 16)) return 'not random'
  if (strict && keys.some((key) => published.has(key.toString('base64')))) return 'published with the demo'
  return keys
}

const padded = (entry: string) => entry.replace(/=+$/, '').padEnd(44, '=')
