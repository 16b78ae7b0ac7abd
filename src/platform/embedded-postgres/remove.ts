import { rm } from 'node:fs/promises'
import { resolve } from 'node:path'
import { removeHome } from './choose-home.ts'
import { knownHome } from './home.ts'
import { readRunFile } from './run-file.ts'
import { removeSocketDirectory } from './socket-directory.ts'

/** Ends the postmaster of a directory, whoever owns it, and removes the directory with all its data. */
export const removeEmbeddedPostgres = async (directory: string): Promise<void> => {
  const place = resolve(directory)
  const run = await readRunFile(place)
  await removeHome(await knownHome(place))
  if (run !== undefined) await removeSocketDirectory(run.socketDirectory)
  await rm(place, { recursive: true, force: true })
}
