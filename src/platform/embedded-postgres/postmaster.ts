import { execFile, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { open, readFile, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import type { Binaries } from './binaries.ts'
import { embeddedFailure, hasErrorCode, readLog } from './failure.ts'
import type { Home } from './home.ts'
import type { ServingUser } from './serving-user.ts'

/** What a postmaster writes about itself in `postmaster.pid`, which is the truth about a cluster; `run.json` only repeats it. */
export interface Postmaster {
  readonly pid: number
  readonly port: number
  readonly socketDirectory: string
  readonly isReady: boolean
}

const pollMilliseconds = 5
/** Recovery of a demo-sized cluster after a crash took under 2 s; ready otherwise after 0.03 to 0.08 s. */
const readyPatienceMilliseconds = 60_000
const fastStopMilliseconds = 15_000
const immediateStopMilliseconds = 5_000

export const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return hasErrorCode(error, 'EPERM')
  }
  return !isZombie(pid)
}

/** A container's first process often collects no orphans: they stay in the table, and still answer to signal 0. */
const isZombie = (pid: number) => {
  try {
    return process.platform === 'linux' && /\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}

/** False when the process was gone already. */
export const sendSignal = (pid: number, signal: NodeJS.Signals) => {
  try {
    return process.kill(pid, signal)
  } catch {
    return false
  }
}

/** Pids are used again, above all in containers: being alive is not enough, the command line must name this cluster. */
const isPostmasterOf = async (cluster: string, pid: number) => {
  if (!isAlive(pid)) return false
  try {
    if (process.platform === 'linux') {
      return (await readFile(`/proc/${pid}/cmdline`, 'utf8')).split('\0').includes(cluster)
    }
    return (await promisify(execFile)('ps', ['-o', 'command=', '-p', String(pid)])).stdout.includes(cluster)
  } catch {
    return false
  }
}

/** Lines of postmaster.pid: pid, data directory, start time, port, socket directory, address, shared memory, status. */
const parsePostmasterFile = (text: string): Postmaster | undefined => {
  const [pid, , , port, socketDirectory, , , status] = text.split('\n')
  const parsed = Number(pid)
  if (!Number.isSafeInteger(parsed) || parsed <= 0) return undefined
  return {
    pid: parsed,
    port: Number(port ?? 0),
    socketDirectory: socketDirectory ?? '',
    isReady: status?.trim() === 'ready',
  }
}

/** The living postmaster of a cluster, ready or not; undefined when the file is missing or left over. */
export const readPostmasterFile = async (cluster: string): Promise<Postmaster | undefined> => {
  const text = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch((error: unknown) => {
    if (hasErrorCode(error, 'ENOENT', 'ENOTDIR')) return ''
    throw error
  })
  const found = parsePostmasterFile(text)
  return found !== undefined && (await isPostmasterOf(cluster, found.pid)) ? found : undefined
}

/**
 * PostgreSQL clears away the file of a dead postmaster by itself, checking first that no orphaned backend still uses the old
 * shared memory. It only gives up when the old pid now belongs to somebody else of the same user: that file we remove.
 */
export const dropMisleadingPostmasterFile = async (cluster: string) => {
  const file = join(cluster, 'postmaster.pid')
  const found = parsePostmasterFile(await readFile(file, 'utf8').catch(() => ''))
  if (found === undefined || !isAlive(found.pid) || (await isPostmasterOf(cluster, found.pid))) return
  await unlink(file)
}

/** Waits out a start, a recovery or a shutdown in progress. Undefined when it ended instead of becoming ready. */
export const awaitReady = async (home: Home, pid: number): Promise<Postmaster | undefined> => {
  const deadline = Date.now() + readyPatienceMilliseconds
  while (Date.now() < deadline) {
    const found = await readPostmasterFile(home.cluster)
    if (found?.isReady && found.pid === pid) return found
    if (!isAlive(pid) || (found !== undefined && found.pid !== pid)) return undefined
    await sleep(pollMilliseconds)
  }
  throw embeddedFailure('embedded-postgres-start', 'PostgreSQL did not become ready', await readLog(home.log))
}

/**
 * Detached, in a session of its own: Ctrl-C in the terminal reaches every process of the foreground group, and PostgreSQL must
 * outlive the connections its owner is still closing. Returns undefined when it ended before it was ready.
 */
export const launchPostmaster = async (
  binaries: Binaries,
  home: Home,
  user: ServingUser,
  settings: Readonly<Record<string, string>>,
): Promise<Postmaster | undefined> => {
  const log = await open(home.log, 'w', 0o600)
  try {
    const child = spawn(
      binaries.postgres,
      [
        '-D',
        home.cluster,
        ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
      ],
      {
        ...user,
        cwd: '/',
        detached: true,
        env: { LC_ALL: 'C', TZ: 'UTC' },
        stdio: ['ignore', log.fd, log.fd],
      },
    )
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve)
      child.once('error', (cause) => reject(spawnFailure(binaries.postgres, cause)))
    })
    child.unref()
    return child.pid === undefined ? undefined : await awaitReady(home, child.pid)
  } finally {
    await log.close()
  }
}

export const spawnFailure = (program: string, cause: unknown) =>
  embeddedFailure(
    'embedded-postgres-binaries',
    `${program} cannot be run (${cause instanceof Error ? cause.message : cause}). The bundled binaries need glibc, not musl.`,
    '',
    cause,
  )

/** Fast shutdown (SIGINT): sessions are ended, everything is written. Immediate (SIGQUIT) only when that hangs. */
export const endPostmaster = async (cluster: string, pid: number): Promise<void> => {
  for (const [signal, patience] of [
    ['SIGINT', fastStopMilliseconds],
    ['SIGQUIT', immediateStopMilliseconds],
  ] as const) {
    if (!(await isPostmasterOf(cluster, pid))) return
    sendSignal(pid, signal)
    const deadline = Date.now() + patience
    while (Date.now() < deadline) {
      if (!(await isPostmasterOf(cluster, pid))) return
      await sleep(pollMilliseconds)
    }
  }
  throw embeddedFailure('embedded-postgres-start', `PostgreSQL (pid ${pid}) does not stop`)
}
