import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

const shape = z.object({ pid: z.number().int().positive(), url: z.string() })

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

const fileIn = (directory: string): string => join(directory, 'running.json')

/**
 * One demo per directory: two would share one database under two addresses, and each would move the clients to its own. The
 * file says who runs. One left behind by a demo that was killed does not count; neither does one that names this very
 * process, as in a container where numbers start anew.
 *
 * @throws Error with a sentence for whoever starts the second one.
 */
export async function refuseSecondDemo(directory: string): Promise<void> {
  const path = fileIn(directory)
  const other = await readFile(path, 'utf8')
    .then((text) => shape.safeParse(JSON.parse(text)).data)
    .catch(() => undefined)
  if (other === undefined || other.pid === process.pid || !isAlive(other.pid)) return
  throw new Error(
    `The demo of this directory runs already (process ${other.pid}): ${other.url}\n` +
      `Stop that one first. If it is not the demo any more, delete ${path}.`,
  )
}

/** Writes down who runs here. Returns how to give the directory back. */
export async function occupyDirectory(directory: string, url: string): Promise<() => Promise<void>> {
  const path = fileIn(directory)
  await mkdir(directory, { recursive: true, mode: 0o700 })
  const occupy = () => writeFile(path, JSON.stringify({ pid: process.pid, url }), { flag: 'wx', mode: 0o600 })
  await occupy().catch(async (error: unknown) => {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    await refuseSecondDemo(directory)
    await rm(path, { force: true })
    await occupy()
  })
  return () => rm(path, { force: true })
}
