import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'

/**
 * Where the cluster of a directory really lives. Normally in the directory itself. When root's PostgreSQL user cannot walk
 * there (a checkout below /root), in a place derived from the directory's path, and the directory keeps a note of it.
 */
export interface Home {
  readonly path: string
  readonly cluster: string
  readonly log: string
}

export const noteName = 'cluster-home'

export const homeAt = (path: string): Home => ({
  path,
  cluster: join(path, 'cluster'),
  log: join(path, 'postgres.log'),
})

export const homeName = (directory: string) =>
  createHash('sha256').update(directory).digest('hex').slice(0, 16)

/** A note that came along when the directory was copied names the home of the original: it does not count. */
export const readNote = async (directory: string) => {
  const path = await readFile(join(directory, noteName), 'utf8').catch(() => undefined)
  return path !== undefined && basename(path) === homeName(directory) ? path : undefined
}

/** The home chosen by an earlier start, without creating anything. */
export const knownHome = async (directory: string): Promise<Home> =>
  homeAt((await readNote(directory)) ?? directory)
