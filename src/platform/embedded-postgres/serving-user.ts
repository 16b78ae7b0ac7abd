import { lstat, realpath } from 'node:fs/promises'
import { dirname } from 'node:path'

/** The account PostgreSQL runs under; undefined means the account of this process. */
export type ServingUser = { readonly uid: number; readonly gid: number } | undefined

/** `nobody` on Debian, Alpine, Fedora and distroless images; initdb insists that the number has an entry in /etc/passwd. */
const nobody = { uid: 65534, gid: 65534 }

/** PostgreSQL refuses to run as root, and containers commonly are root. */
export const servingUser = (): ServingUser => (process.getuid?.() === 0 ? nobody : undefined)

/**
 * Whether the serving user can walk to `path` and read it. A home directory is 0700 on most systems, which shuts `nobody` out
 * of everything below it, whatever the modes further down.
 */
export const isReachable = async (path: string, user: ServingUser): Promise<boolean> => {
  if (user === undefined) return true
  const permits = (entry: { mode: number; uid: number; gid: number }, bits: number) => {
    const shift = entry.uid === user.uid ? 6 : entry.gid === user.gid ? 3 : 0
    return ((entry.mode >> shift) & bits) === bits
  }
  const target = await realpath(path)
  const read = 4
  const enter = 1
  const entry = await lstat(target)
  if (!permits(entry, entry.isDirectory() ? enter : read | enter)) return false
  for (let parent = dirname(target); ; parent = dirname(parent)) {
    if (!permits(await lstat(parent), enter)) return false
    if (parent === dirname(parent)) return true
  }
}
