import { readFileSync } from 'node:fs'
import { ConfigRefused } from './config.ts'

/** Variables by name, secrets already taken out of their files. */
export type Environment = Readonly<Record<string, string | undefined>>

/** Variables that may be given as `NAME_FILE`, the path of a file that holds them, as container secrets are. */
const fromFiles = [
  'DATABASE_URL',
  'DATABASE_OWNER_URL',
  'PLACET_KEK',
  'PLACET_SECRET',
  'SMTP_URL',
  'PLACET_SMS_TOKEN',
  'PLACET_EXCLUSION_LISTS_ROBINSON_KEY',
  'PLACET_EXCLUSION_LISTS_STOP_PUBLICIDAD_SALT',
  'PLACET_TSA_CERTIFICATES',
] as const

/** The only place that reads `process.env`. A file that cannot be read counts as an error of the variable. */
export function readEnvironment(given: Environment = process.env): Environment {
  const read: Record<string, string | undefined> = { ...given }
  const faults: string[] = []
  for (const name of fromFiles) {
    const path = given[`${name}_FILE`]
    if (path === undefined || path === '') continue
    if (given[name] !== undefined && given[name] !== '') {
      faults.push(`${name} and ${name}_FILE are both set: keep one of them`)
      continue
    }
    try {
      read[name] = readFileSync(path, 'utf8').trim()
    } catch {
      faults.push(`${name}_FILE names a file that cannot be read: correct the path, or let this user read it`)
    }
  }
  if (faults.length > 0) throw new ConfigRefused(faults)
  return read
}
