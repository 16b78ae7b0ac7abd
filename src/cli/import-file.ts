import { createReadStream } from 'node:fs'
import { type FileHandle, open, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { ImportFile, Quarantine } from '../features/consent/index.ts'
import { conflict, invalid } from '../kernel/errors.ts'

/** A file of the operator's. Standard input is none: an import that stopped has to find its place again. */
export async function openImportFile(root: string, name: string): Promise<ImportFile> {
  const path = resolve(root, name)
  const found = await stat(path).catch(() => undefined)
  if (found?.isFile() !== true)
    throw invalid('input-unreadable', `Cannot read ${name}: there is no such file`)
  return {
    size: found.size,
    bytes: (from) => createReadStream(path, { start: from, highWaterMark: 256 * 1024 }),
  }
}

const there = (name: string) =>
  conflict('quarantine-exists', `${name} is there already, with the rows of another run.`)

const opening = '{"placet_line":'

/** Going on with an import takes back what was written after its last checkpoint, but never somebody else's file. */
async function isOurs(file: FileHandle): Promise<boolean> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(opening.length), 0, opening.length, 0)
  return buffer.toString('utf8', 0, bytesRead) === opening
}

/**
 * The file that rows set aside are written to, readable by its owner alone: it holds people's addresses. Made with the
 * first line, so that an import with nothing to set aside leaves nothing behind. `fresh` refuses one that is there.
 */
export function quarantineFile(
  root: string,
  name: string,
  fresh: boolean,
): Quarantine & { readonly close: () => Promise<void> } {
  const path = resolve(root, name)
  let handle: FileHandle | undefined

  const opened = async (): Promise<FileHandle> => {
    if (handle !== undefined) return handle
    try {
      handle = await open(path, fresh ? 'wx' : 'r+', 0o600)
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined
      if (code === 'EEXIST') throw there(name)
      if (code !== 'ENOENT' || fresh) throw error
      handle = await open(path, 'wx', 0o600)
    }
    return handle
  }

  return {
    keep: async (from, lines) => {
      if (from === 0 && lines.length === 0 && handle === undefined) {
        // Nothing to write and nothing that vouches for what is there: an interrupted run may have left lines.
        if ((await stat(path).catch(() => undefined)) === undefined) return 0
      }
      const file = await opened()
      const { size } = await file.stat()
      if (size < from) {
        throw conflict(
          'quarantine-missing',
          `${name} is shorter than the import left it; put it back, or start anew.`,
        )
      }
      if (from === 0 && size > 0 && !(await isOurs(file))) throw there(name)
      const text = Buffer.from(lines.map((line) => `${line}\n`).join(''))
      await file.truncate(from)
      await file.write(text, 0, text.byteLength, from)
      await file.datasync()
      return from + text.byteLength
    },
    close: async () => handle?.close(),
  }
}
