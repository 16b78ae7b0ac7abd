import { mkdir } from 'node:fs/promises'
import { resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Binaries, prepareBinaries } from './binaries.ts'
import { chooseHome } from './choose-home.ts'
import { ensureCluster, superuser } from './cluster.ts'
import { embeddedClusterName } from './cluster-name.ts'
import { embeddedFailure, readLog } from './failure.ts'
import { type EmbeddedPostgres, handleFor } from './handle.ts'
import type { Home } from './home.ts'
import {
  awaitReady,
  dropMisleadingPostmasterFile,
  endPostmaster,
  isAlive,
  launchPostmaster,
  type Postmaster,
  readPostmasterFile,
  sendSignal,
} from './postmaster.ts'
import { readRunFile, removeRunFile, writeRunFile } from './run-file.ts'
import { type ServingUser, servingUser } from './serving-user.ts'
import { acceptsConnections, makeSocketDirectory, removeSocketDirectory } from './socket-directory.ts'
import { withStartLock } from './start-lock.ts'

export interface EmbeddedPostgresOptions {
  /** Where the cluster lives; made when missing. */
  readonly directory: string
  /** False trades the safety of the data for speed: for tests, whose data nobody misses. Default true. */
  readonly durable?: boolean
  /** Further settings of postgresql.conf. They have no effect on a postmaster that is already running. */
  readonly settings?: Readonly<Record<string, string>>
  readonly log?: (line: string) => void
  /** The unpacked npm package to take the binaries from, when not the installed one. */
  readonly packageDirectory?: string
}

const port = 5432
/** After a hard kill the old backends need a moment to notice that their postmaster is gone. */
const retryMilliseconds = 100
const retryPatienceMilliseconds = 10_000
const passingObstacles = /lock file "postmaster\.pid" already exists|pre-existing shared memory block/

/**
 * Starts PostgreSQL on a directory, or takes over the one already running there.
 *
 * @throws PlacetError `embedded-postgres-binaries`, `-cluster`, `-start` or `-lock`, with what PostgreSQL said.
 */
export const startEmbeddedPostgres = async (options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> => {
  const directory = resolve(options.directory)
  await mkdir(directory, { recursive: true })
  return withStartLock(directory, async () => {
    const log = options.log ?? (() => {})
    const user = servingUser()
    const home = await chooseHome(directory, user, log)
    const running = await findUsable(home)
    if (running !== undefined) {
      log(`using the PostgreSQL already running in ${home.cluster}`)
      return await joinRunning(directory, home, running)
    }
    const binaries = await prepareBinaries(home.path, user, options.packageDirectory)
    await ensureCluster(binaries, home, user, options.durable ?? true)
    const run = await readRunFile(directory)
    if (run !== undefined) await removeSocketDirectory(run.socketDirectory)
    const launched = await launch(binaries, home, user, options)
    log(`PostgreSQL ${binaries.version} runs in ${home.cluster}`)
    return launched.isOurs
      ? await own(directory, home, launched.postmaster, false)
      : await joinRunning(directory, home, launched.postmaster)
  })
}

const findUsable = async (home: Home): Promise<Postmaster | undefined> => {
  const found = await readPostmasterFile(home.cluster)
  const ready = found === undefined ? undefined : await awaitReady(home, found.pid)
  if (ready === undefined) return undefined
  if (await acceptsConnections(ready.socketDirectory, ready.port)) return ready
  await endPostmaster(home.cluster, ready.pid)
  return undefined
}

/** The owner ends it; when the owner was killed, the next one who comes is the owner, or it would run for ever. */
const joinRunning = async (directory: string, home: Home, postmaster: Postmaster) => {
  const run = await readRunFile(directory)
  const owned = run !== undefined && run.pid === postmaster.pid && isAlive(run.owner)
  return owned ? handleFor(postmaster, true, async () => {}) : await own(directory, home, postmaster, true)
}

const own = async (directory: string, home: Home, postmaster: Postmaster, reused: boolean) => {
  const { pid, socketDirectory } = postmaster
  await writeRunFile({
    directory,
    pid,
    socketDirectory,
    port: postmaster.port,
    user: superuser,
    owner: process.pid,
  })
  // For a process that ends without stop(), an uncaught exception for example. A killed one cannot do even this.
  const atExit = () => sendSignal(pid, 'SIGINT')
  process.once('exit', atExit)
  return handleFor(postmaster, reused, async () => {
    await endPostmaster(home.cluster, pid)
    process.off('exit', atExit)
    await removeSocketDirectory(socketDirectory)
    await removeRunFile(directory)
  })
}

const launch = async (
  binaries: Binaries,
  home: Home,
  user: ServingUser,
  options: EmbeddedPostgresOptions,
): Promise<{ postmaster: Postmaster; isOurs: boolean }> => {
  const socketDirectory = await makeSocketDirectory(port, user)
  const settings = {
    ...(options.durable === false
      ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }
      : {}),
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...options.settings,
    cluster_name: embeddedClusterName,
    // Last, so that no setting can open the database to the network.
    port: String(port),
    listen_addresses: '',
    unix_socket_directories: socketDirectory,
    unix_socket_permissions: '0700',
  }
  try {
    const deadline = Date.now() + retryPatienceMilliseconds
    while (true) {
      await dropMisleadingPostmasterFile(home.cluster)
      const postmaster = await launchPostmaster(binaries, home, user, settings)
      if (postmaster !== undefined) return { postmaster, isOurs: true }
      const other = await findUsable(home)
      if (other !== undefined) {
        await removeSocketDirectory(socketDirectory)
        return { postmaster: other, isOurs: false }
      }
      const output = await readLog(home.log)
      if (!passingObstacles.test(output) || Date.now() > deadline) {
        throw embeddedFailure('embedded-postgres-start', 'PostgreSQL did not start', output)
      }
      await sleep(retryMilliseconds)
    }
  } catch (error) {
    await removeSocketDirectory(socketDirectory)
    throw error
  }
}
