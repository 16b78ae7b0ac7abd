import { lstat, mkdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { embeddedFailure, hasErrorCode } from './failure.ts'
import { type Home, homeAt, homeName, noteName, readNote } from './home.ts'
import { endPostmaster, readPostmasterFile } from './postmaster.ts'
import { isReachable, type ServingUser } from './serving-user.ts'

/** Called with the start lock held. */
export const chooseHome = async (
  directory: string,
  user: ServingUser,
  log: (line: string) => void,
): Promise<Home> => {
  const noted = await readNote(directory)
  if (noted === undefined && (await isReachable(directory, user))) return homeAt(directory)

  for (const base of ['/var/lib/placet-embedded', join(tmpdir(), 'placet-embedded')]) {
    const path = join(base, homeName(directory))
    if (!(await makeOpenDirectory(base, path, user))) continue
    // A home without a note belongs to a directory that was deleted since: whoever deleted it wanted the data gone.
    if (noted !== path) await removeHome(homeAt(path))
    await mkdir(path, { recursive: true, mode: 0o755 })
    await writeFile(join(directory, noteName), path)
    log(`the database user cannot reach ${directory}; its cluster is kept in ${path}`)
    return homeAt(path)
  }
  throw embeddedFailure(
    'embedded-postgres-cluster',
    `uid ${user?.uid} cannot reach ${directory}, and no other place for the cluster could be made. Run as an ordinary user.`,
  )
}

const makeOpenDirectory = async (base: string, path: string, user: ServingUser) => {
  try {
    await mkdir(path, { recursive: true, mode: 0o755 })
    // In a shared directory somebody else may have put theirs under our name first.
    for (const made of [base, path]) {
      const entry = await lstat(made)
      if (!entry.isDirectory() || entry.uid !== process.getuid?.()) return false
    }
    return await isReachable(path, user)
  } catch (error) {
    if (hasErrorCode(error, 'EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST')) return false
    throw error
  }
}

/** Ends a postmaster still running there and removes everything. */
export const removeHome = async (home: Home) => {
  const living = await readPostmasterFile(home.cluster)
  if (living !== undefined) await endPostmaster(home.cluster, living.pid)
  await rm(home.path, { recursive: true, force: true })
}
