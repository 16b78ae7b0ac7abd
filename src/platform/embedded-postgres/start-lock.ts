import { randomUUID } from 'node:crypto'
import { link, readFile, rename, rm, stat, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { embeddedFailure, hasErrorCode } from './failure.ts'
import { isAlive } from './postmaster.ts'

/**
 * One process at a time prepares a directory, so that the second of two first starts waits and then reuses the first one's
 * postmaster. Safety does not hang on it: a new cluster is moved into place in one rename, and PostgreSQL locks its own
 * directory. So a lock that looks stale may be broken without fear.
 */
const lockName = 'starting.lock'
const pollMilliseconds = 20
/** The slowest start seen, recovery included, stayed below 10 s; an older lock is of a process that no longer exists. */
const staleMilliseconds = 90_000
const patienceMilliseconds = 120_000

const heldHere = new Set<string>()

export const withStartLock = async <T>(directory: string, run: () => Promise<T>): Promise<T> => {
  const lock = join(directory, lockName)
  const mine = `${process.pid} ${randomUUID()}`
  await acquire(lock, mine)
  heldHere.add(mine)
  try {
    return await run()
  } finally {
    heldHere.delete(mine)
    if ((await readFile(lock, 'utf8').catch(() => '')) === mine) await rm(lock, { force: true })
  }
}

const acquire = async (lock: string, mine: string) => {
  const draft = `${lock}.${randomUUID()}`
  const deadline = Date.now() + patienceMilliseconds
  // A hard link appears with its contents; a file opened with 'wx' could be read while still empty.
  await writeFile(draft, mine)
  try {
    while (Date.now() < deadline) {
      try {
        await link(draft, lock)
        return
      } catch (error) {
        if (!hasErrorCode(error, 'EEXIST')) throw error
      }
      if (await isStale(lock)) await breakLock(lock)
      else await sleep(pollMilliseconds)
    }
  } finally {
    await unlink(draft)
  }
  throw embeddedFailure(
    'embedded-postgres-lock',
    `another process has been starting PostgreSQL for too long; if there is none, delete ${lock}`,
  )
}

const isStale = async (lock: string) => {
  try {
    const holder = await readFile(lock, 'utf8')
    const pid = Number.parseInt(holder, 10)
    if (Date.now() - (await stat(lock)).mtimeMs > staleMilliseconds) return true
    // After a container restarts, its processes have the same small numbers again.
    if (pid === process.pid) return !heldHere.has(holder)
    return !isAlive(pid)
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT')) return false
    throw error
  }
}

/** By rename, so that of two processes that find the lock stale only one takes it away. */
const breakLock = async (lock: string) => {
  const aside = `${lock}.${randomUUID()}`
  try {
    await rename(lock, aside)
    await rm(aside, { force: true })
  } catch (error) {
    if (!hasErrorCode(error, 'ENOENT')) throw error
  }
}
