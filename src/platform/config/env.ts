import { readFileSync } from 'node:fs'

/** Variables by name, secrets already taken out of their files. */
export type Environment = Readonly<Record<string, string | undefined>>

/** Variables that may be given as `NAME_FILE`, the path of a file that holds them, as container secrets are. */
const fromFiles = ['DATABASE_URL', 'DATABASE_OWNER_URL', 'PLACET_KEK', 'PLACET_SECRET', 'SMTP_URL'] as const

/** The only place that reads `process.env`. A file that cannot be read counts as an error of the variable. */
export function readEnvironment(given: Environment = process.env): Environment {
  const read: Record<string, string | undefined> = { ...given }
  for (const name of fromFiles) {
    const path = given[`${name}_FILE`]
    if (path === undefined || path === '') continue
    if (given[name] !== undefined && given[name] !== '') {
      throw new Error(`${name} and ${name}_FILE are both set; keep one of them`)
    }
    try {
      read[name] = readFileSync(path, 'utf8').trim()
    } catch {
      throw new Error(`${name}_FILE names a file that cannot be read`)
    }
  }
  return read
}
