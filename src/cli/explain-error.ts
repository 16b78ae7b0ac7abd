import { PlacetError } from '../kernel/errors.ts'
import { ConfigRefused } from '../platform/config/index.ts'

/** An error as a person at a terminal needs it: what happened, why, and what to do. */
export interface Explained {
  readonly code: string
  readonly cause: string
  readonly fix: string
}

/** What to do about the codes that a command can meet. What nobody foresaw points to the place that looks at everything. */
const fixes: Readonly<Record<string, string>> = {
  'database-unavailable':
    'Start PostgreSQL, or set DATABASE_URL to one that answers; then run `placet doctor`.',
  'database-full': 'Free space on the disk of the database, then repeat the command.',
  'database-unknown': 'Set DATABASE_URL, or start the demo in this folder and repeat the command.',
  'house-missing': 'Run `placet doctor` and follow the first ✖.',
  'login-taken': 'Choose another login, or send the person a new link with `placet staff enrol LOGIN`.',
  'staff-unknown': 'Check the login; `placet staff create` makes an account.',
  'roles-incompatible': 'Give the second role to another person.',
  'touchpoint-unknown': 'Use the id of a touchpoint that exists, or leave it out for the whole house.',
  'client-exists': 'Choose another client_id, or leave it out and one is made.',
  'client-unknown': '`placet client list` shows every client.',
  'client-without-purpose':
    'Name the registered purpose it asks for in purpose_id, or say first_party if it is ours.',
  'client-without-secret': 'It authenticates by a key or not at all; there is no secret to rotate.',
  'client-metadata':
    'Correct the fields named above; they are those of OpenID Connect Dynamic Client Registration.',
  'input-unreadable': 'Give a file with a JSON object, or `-` to read it from standard input.',
}

const driverFixes: readonly (readonly [RegExp, string])[] = [
  [
    /ECONNREFUSED|ENOENT|ENOTFOUND|ETIMEDOUT/,
    'Start PostgreSQL or correct DATABASE_URL; then run `placet doctor`.',
  ],
  [/password authentication failed|28P01|28000/, 'Correct the user and password in DATABASE_URL.'],
  [/permission denied|42501/, 'Run `placet migrate` as the owner of the tables (DATABASE_OWNER_URL).'],
  [/does not exist|42P01|3D000/, 'Run `placet migrate`.'],
]

const issuesOf = (error: PlacetError) =>
  error.issues.length === 0
    ? ''
    : ` (${error.issues.map(({ field, code }) => `${field}: ${code}`).join('; ')})`

export function explain(error: unknown): Explained {
  if (error instanceof ConfigRefused) {
    return {
      code: 'config-refused',
      cause: `The configuration is refused:\n${error.faults.map((fault) => `  - ${fault}`).join('\n')}`,
      fix: 'Set what each line says; docs/operations.md lists every variable.',
    }
  }
  if (error instanceof PlacetError) {
    return {
      code: error.code,
      cause: `${error.detail}${issuesOf(error)}`,
      fix: fixes[error.code] ?? 'Run `placet doctor`; it looks at everything this command needs.',
    }
  }
  const message = error instanceof Error ? error.message : String(error)
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
  const known = driverFixes.find(([shape]) => shape.test(`${code} ${message}`))
  return {
    code: code === '' ? 'failed' : code,
    cause: message === '' ? code : message,
    fix: known?.[1] ?? 'Run `placet doctor`; it looks at everything this command needs.',
  }
}
