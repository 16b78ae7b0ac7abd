import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { hasErrorCode } from './failure.ts'

/** How a second command finds the database while the server runs. */
export interface RunFile {
  /** The directory it was written for: a copied directory must not lead to the original's database. */
  readonly directory: string
  readonly pid: number
  readonly socketDirectory: string
  readonly port: number
  readonly user: string
  /** Pid of the process whose `stop()` ends the postmaster. */
  readonly owner: number
}

const nameOf = (directory: string) => join(directory, 'run.json')

export const readRunFile = async (directory: string): Promise<RunFile | undefined> => {
  const text = await readFile(nameOf(directory), 'utf8').catch((error: unknown) => {
    if (hasErrorCode(error, 'ENOENT', 'ENOTDIR')) return '{}'
    throw error
  })
  const run = parse(text)
  return run?.directory === directory ? run : undefined
}

const parse = (text: string): RunFile | undefined => {
  try {
    const { directory, pid, socketDirectory, port, user, owner } = Object(JSON.parse(text))
    const strings = [directory, socketDirectory, user].every((value) => typeof value === 'string')
    return strings && [pid, port, owner].every(Number.isSafeInteger)
      ? { directory, pid, socketDirectory, port, user, owner }
      : undefined
  } catch {
    return undefined
  }
}

export const writeRunFile = async (run: RunFile) => {
  const draft = `${nameOf(run.directory)}.${process.pid}`
  await writeFile(draft, `${JSON.stringify(run, undefined, 2)}\n`, { mode: 0o600 })
  await rename(draft, nameOf(run.directory))
}

export const removeRunFile = (directory: string) => rm(nameOf(directory), { force: true })
