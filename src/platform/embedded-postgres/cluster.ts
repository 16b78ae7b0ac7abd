import { spawn } from 'node:child_process'
import { chown, mkdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Binaries } from './binaries.ts'
import { embeddedFailure, hasErrorCode } from './failure.ts'
import type { Home } from './home.ts'
import { spawnFailure } from './postmaster.ts'
import type { ServingUser } from './serving-user.ts'

/** The cluster's superuser, who owns the tables. The application connects as an ordinary role made by the migrations. */
export const superuser = 'placet_owner'

const majorOf = (version: string) => version.trim().split('.')[0]

/** Makes the cluster on first use, and refuses one these binaries cannot open. */
export const ensureCluster = async (binaries: Binaries, home: Home, user: ServingUser, durable: boolean) => {
  const version = await readVersion(home.cluster)
  if (version === undefined) await initialise(binaries, home, user, durable)
  else if (majorOf(version) !== majorOf(binaries.version)) {
    throw embeddedFailure(
      'embedded-postgres-cluster',
      `${home.cluster} was made by PostgreSQL ${version.trim()}, the binaries are ${binaries.version}: start afresh in another directory`,
    )
  }
  const owner = (await stat(home.cluster)).uid
  const expected = user?.uid ?? process.getuid?.()
  if (expected !== undefined && owner !== expected) {
    throw embeddedFailure(
      'embedded-postgres-cluster',
      `${home.cluster} belongs to uid ${owner}, PostgreSQL would run as uid ${expected}: start it as the user who made it`,
    )
  }
}

const readVersion = async (cluster: string) =>
  readFile(join(cluster, 'PG_VERSION'), 'utf8').catch((error: unknown) => {
    if (hasErrorCode(error, 'ENOENT')) return undefined
    throw error
  })

/**
 * In a draft directory that is renamed when complete: an initdb that was interrupted, or that ran twice at once, never leaves
 * half a cluster in the real place. The built-in C.UTF-8 locale sorts alike on every machine, whatever its libc or ICU.
 */
const initialise = async (binaries: Binaries, home: Home, user: ServingUser, durable: boolean) => {
  const draft = `${home.cluster}.draft-${process.pid}`
  await rm(draft, { recursive: true, force: true })
  await mkdir(draft, { mode: 0o700 })
  try {
    if (user !== undefined) await chown(draft, user.uid, user.gid)
    await runInitdb(binaries, draft, user, durable)
    await rename(draft, home.cluster)
  } catch (error) {
    await rm(draft, { recursive: true, force: true })
    const lostRace =
      hasErrorCode(error, 'ENOTEMPTY', 'EEXIST') && (await readVersion(home.cluster)) !== undefined
    if (!lostRace) throw error
  }
}

const runInitdb = async (binaries: Binaries, directory: string, user: ServingUser, durable: boolean) => {
  const flags = [
    ...['-D', directory, '-U', superuser, '--auth=trust', '--encoding=UTF8'],
    ...['--locale-provider=builtin', '--locale=C', '--builtin-locale=C.UTF-8', '--no-instructions'],
    ...(durable ? [] : ['--no-sync']),
  ]
  const child = spawn(binaries.initdb, flags, {
    ...user,
    cwd: '/',
    env: { LC_ALL: 'C', TZ: 'UTC', PATH: '/usr/bin:/bin' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk
    })
  }
  const status = await new Promise<number | null>((resolve, reject) => {
    child.once('error', (cause) => reject(spawnFailure(binaries.initdb, cause)))
    child.once('close', resolve)
  })
  if (status !== 0)
    throw embeddedFailure('embedded-postgres-cluster', `initdb failed in ${directory}`, output)
}
