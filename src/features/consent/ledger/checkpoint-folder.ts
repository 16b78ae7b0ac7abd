import { mkdir, open, readdir, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import type { KeptCheckpoint } from './consent-log.ts'

export interface ExportedCheckpoint {
  readonly file: string
  readonly jws: string
  readonly timestamp: Uint8Array | undefined
}

/** Sorted by name they are in the order of the log. */
const nameOf = ({ size }: KeptCheckpoint): string => `checkpoint-${String(size).padStart(15, '0')}`

/** Whole or not at all: a file of that name is one that was written to its end. */
async function write(folder: string, name: string, content: string | Uint8Array): Promise<void> {
  const unfinished = join(folder, `.${name}.${process.pid}`)
  const file = await open(unfinished, 'w', 0o644)
  try {
    await file.writeFile(content)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(unfinished, join(folder, name))
}

/**
 * Copies of the checkpoints outside the database, for whoever does not trust it: write-once storage, a colleague's
 * machine, a notary. Writes those that are missing, and timestamps that came later, and changes none; answers the names of the
 * new checkpoints.
 */
export async function exportCheckpoints(
  folder: string,
  checkpoints: readonly KeptCheckpoint[],
): Promise<readonly string[]> {
  await mkdir(folder, { recursive: true })
  const there = new Set(await readdir(folder))
  const written: string[] = []
  for (const checkpoint of checkpoints) {
    const name = `${nameOf(checkpoint)}.jws`
    const token = `${nameOf(checkpoint)}.tsr`
    // The token first: a checkpoint that is there has all that belonged to it when it was written.
    if (checkpoint.timestamp !== undefined && !there.has(token)) {
      await write(folder, token, checkpoint.timestamp)
    }
    if (there.has(name)) continue
    await write(folder, name, `${checkpoint.jws}\n`)
    written.push(name)
  }
  return written
}

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT'

async function readCheckpoint(path: string): Promise<ExportedCheckpoint> {
  const timestamp = await readFile(path.replace(/\.jws$/, '.tsr')).catch((error: unknown) => {
    if (isMissing(error)) return undefined
    throw error
  })
  return { file: path, jws: (await readFile(path, 'utf8')).trim(), timestamp }
}

/** Every checkpoint in a folder, or the one in a file. */
export async function readCheckpoints(path: string): Promise<readonly ExportedCheckpoint[]> {
  if (path.endsWith('.jws')) return [await readCheckpoint(path)]
  const names = (await readdir(path)).filter((name) => name.endsWith('.jws') && !name.startsWith('.')).sort()
  return Promise.all(names.map((name) => readCheckpoint(join(path, name))))
}
