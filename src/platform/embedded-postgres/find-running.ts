import { resolve } from 'node:path'
import { type EmbeddedPostgres, handleFor } from './handle.ts'
import { knownHome } from './home.ts'
import { readPostmasterFile } from './postmaster.ts'
import { readRunFile } from './run-file.ts'
import { acceptsConnections } from './socket-directory.ts'

/** The database a running server started on this directory; undefined when there is none. Starts and changes nothing. */
export const findRunningEmbedded = async (directory: string): Promise<EmbeddedPostgres | undefined> => {
  const place = resolve(directory)
  const run = await readRunFile(place)
  if (run === undefined) return undefined
  const living = await readPostmasterFile((await knownHome(place)).cluster)
  if (!living?.isReady || living.pid !== run.pid) return undefined
  if (!(await acceptsConnections(run.socketDirectory, run.port))) return undefined
  return handleFor(living, true, async () => {})
}
