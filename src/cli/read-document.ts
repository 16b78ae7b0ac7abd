import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { z } from 'zod'
import { invalid } from '../kernel/errors.ts'
import type { CliContext } from './context.ts'

const document = z.record(z.string(), z.unknown())

/** A JSON object from a file, or from standard input when the name is `-`. */
export async function readDocument(
  { root, readInput }: Pick<CliContext, 'root' | 'readInput'>,
  name: string,
): Promise<Readonly<Record<string, unknown>>> {
  const from = name === '-' ? 'standard input' : name
  try {
    const text = name === '-' ? await readInput() : await readFile(resolve(root, name), 'utf8')
    return document.parse(JSON.parse(text))
  } catch (error) {
    const why =
      error instanceof z.ZodError ? 'is not a JSON object' : error instanceof Error ? error.message : ''
    throw invalid('input-unreadable', `Cannot read ${from}: ${why}`)
  }
}
