import { type FieldIssue, PlacetError } from '../kernel/errors.ts'
import { ConfigRefused } from '../platform/config/index.ts'

/** An error as a person at a terminal needs it: what happened, why, and what to do. */
export interface Explained {
  readonly code: string
  readonly cause: string
  readonly fix: string
  /** Fields that are wrong, each with a stable code; for programs. */
  readonly issues?: readonly FieldIssue[]
  /** False when this is a fault of ours that nobody thought of. */
  readonly foreseen: boolean
}

const serviceRole =
  'Set DATABASE_URL to a role of its own for the service; `placet migrate` grants it what it needs.'
const lookAround = 'Run `placet doctor`; it looks at everything this command needs.'

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
    'Correct the fields named above; docs/operations.md, Clients, shows a document and our own fields.',
  'unknown-key': '`placet keys list` shows every published key.',
  'resource-document':
    'Correct the fields named above; docs/operations.md, Services, shows a document and what each field means.',
  'resource-exists':
    'Choose another identifier, change who may ask with `placet resource allow`, or retire it first and create it anew.',
  'resource-unknown': '`placet resource list` shows every service, retired ones too.',
  'resource-client-unknown': '`placet resource list --json` shows who may ask for what.',
  'subject-unknown': 'Check the id or the address; an address is found as the person registered it.',
  'subject-state':
    'Only an active account is locked and only a locked one is unlocked; blocked and erased ones stay as they are.',
  'database-too-old': 'Set DATABASE_URL to a server of PostgreSQL 15 or later.',
  'database-embedded': 'Set DATABASE_URL to a PostgreSQL of your own.',
  'database-superuser': serviceRole,
  'database-owner': serviceRole,
  'secret-changed':
    'Set PLACET_SECRET to its former value; to rotate, put the new secret in front of it, parted by a comma.',
  'migrations-pending': 'Set DATABASE_OWNER_URL to the owner of the tables and run `placet migrate`.',
  'campaign-unknown': '`placet campaign create` prints the id of a campaign.',
  'campaign-needless': 'Nothing to do: nobody has to be asked again.',
  'campaign-running': 'End it with `placet campaign end ID` first.',
  'officer-unknown': '`placet staff create LOGIN --role dpo` appoints one; name the login of who decided.',
  'officer-only': 'Name the officer who decided with --officer, and why with --reason.',
  'reason-missing': 'Say why with --reason.',
  'evidence-needed': 'Nothing is erased while the account is in use; block or erase the account first.',
  'linked-account-in-use':
    'Undo the link with `placet subject unlink` first, or block or erase the other account too.',
  'evidence-role': 'Set DATABASE_OWNER_URL to the owner of the tables and repeat the command.',
  'contact-point-unknown': 'Use an address or number the person has with us, or leave --address out.',
  'restriction-scope':
    'Name *, a purpose such as marketing.direct or marketing.*, or attr: with an attribute.',
  'no-restriction': 'Name the very scope it was set with.',
  'person-not-told': 'Announce it with `placet subject announce-lift`, and wait three days.',
  'nobody-to-tell': 'Tell the person in another way, and repeat the command with --told and --on.',
  'grounds-missing': 'Say in --grounds which compelling grounds prevail, and why.',
  'purpose-unknown': '`placet purpose list` shows every purpose.',
  'purpose-already-retired': 'Nothing to do: it has ended, and the day it ended stands.',
  'purpose-draft-missing': 'There is nothing to discard.',
  'rule-pack-document':
    'Correct the fields named above; docs/operations.md, Law, shows how to begin with the version in force.',
  'rule-pack-published': 'Give it another version; `placet rule-pack list` shows those there are.',
  'rule-pack-unknown': '`placet rule-pack list` shows every version.',
  'product-family-name': 'Name families and categories as purchases do, such as home-textiles.',
  'product-family-unknown': '`placet product-family list` shows every family.',
  'import-unreadable': 'Save the file as UTF-8, with one line of column names that differ.',
  'import-columns-missing':
    'Say in --map which column is what; docs/operations.md, Importing consents, lists them.',
  'import-mapping': 'Correct the mapping; docs/operations.md, Importing consents, shows one.',
  'import-source-missing': 'Name it with --source, or in the mapping.',
  'import-taken-over': 'Wait for the other process, then go on with --resume.',
  'quarantine-exists':
    'Move it away, or name another with --quarantine. To go on with an import that stopped, add --resume.',
  'quarantine-missing':
    'Put the file back where it was, or leave --resume out and name another with --quarantine.',
  'input-unreadable': 'Give a file with a JSON object, or `-` to read it from standard input.',
  'vectors-unreadable': 'Give a vector file; those of test/vectors show the formats.',
}

/** Errors of libraries and of the system, by code or message; the first that fits. */
const systemFixes: readonly (readonly [RegExp, string])[] = [
  [/EADDRINUSE/, 'Set PORT or PLACET_MANAGEMENT_PORT to one that is free.'],
  [/EACCES.*listen|listen EACCES/, 'Set PORT to 1024 or higher; lower ones belong to root.'],
  [
    /SealBroken/,
    'Set PLACET_KEK to the key this database was set up with. A new key goes in front of it: `new,old`.',
  ],
  [
    /clients_recipient_id_fkey/,
    'Name a recipient_id that exists. On a new database start the service once, which registers its own.',
  ],
  [/3D000/, 'Make the database as docs/operations.md, First start, does, or correct DATABASE_URL.'],
  [
    /ECONNREFUSED|ENOENT|ENOTFOUND|ETIMEDOUT/,
    'Start PostgreSQL or correct DATABASE_URL; then run `placet doctor`.',
  ],
  [/password authentication failed|28P01|28000/, 'Correct the user and password in DATABASE_URL.'],
  [/permission denied|42501/, 'Run `placet migrate` as the owner of the tables (DATABASE_OWNER_URL).'],
  [/does not exist|42P01|3D000/, 'Run `placet migrate`.'],
]

/** The fields that are wrong, where the sentence before does not name them already. */
const issuesOf = ({ issues, detail }: PlacetError) => {
  const unnamed = issues.filter(({ field }) => !detail.includes(field))
  return unnamed.length === 0 ? '' : ` (${unnamed.map(({ field, code }) => `${field}: ${code}`).join('; ')})`
}

export function explain(error: unknown): Explained {
  if (error instanceof ConfigRefused) {
    return {
      code: 'config-refused',
      cause: `The configuration is refused:\n${error.faults.map((fault) => `  - ${fault}`).join('\n')}`,
      fix: 'Set what each line says; docs/operations.md lists every variable.',
      foreseen: true,
    }
  }
  if (error instanceof PlacetError) {
    return {
      code: error.code,
      cause: `${error.detail}${issuesOf(error)}`,
      fix: fixes[error.code] ?? lookAround,
      ...(error.issues.length === 0 ? {} : { issues: error.issues }),
      foreseen: true,
    }
  }
  const message = error instanceof Error ? error.message : String(error)
  const name = error instanceof Error ? error.name : ''
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
  const known = systemFixes.find(([shape]) => shape.test(`${name} ${code} ${message}`))
  return {
    code: code === '' ? 'failed' : code,
    cause: message === '' ? code : withoutStatement(code, message),
    fix: known?.[1] ?? lookAround,
    foreseen: known !== undefined,
  }
}

/** The query builder writes the statement in front of what PostgreSQL says, which has a code of five letters. */
const withoutStatement = (code: string, message: string): string =>
  /^[0-9A-Z]{5}$/.test(code) ? (message.split(' - ').at(-1) ?? message) : message
