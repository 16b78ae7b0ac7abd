import { PlacetError } from '../../kernel/errors.ts'

/** What may be told of an error: what it is and where it came from, never what it says. */
export interface DescribedError {
  readonly name: string
  readonly code?: string
  /** Where in the database, by its own names: table, constraint, routine. */
  readonly where?: string
  /** Frames only: the first line of a stack repeats the message. */
  readonly stack?: readonly string[]
  readonly cause?: DescribedError
}

const word = /^[\w.:-]{1,64}$/
const deepest = 4

/**
 * Messages are left out because libraries quote in them what they were given: PostgreSQL prints the key of a duplicate
 * row, parsers the text they stumbled on, mail servers the recipient (R101).
 */
export function describeError(error: unknown, depth = 0): DescribedError {
  if (!(error instanceof Error)) return { name: typeof error }
  const code = error instanceof PlacetError ? error.code : wordAt(error, 'code')
  const where = ['table', 'constraint', 'routine', 'syscall']
    .map((name) => wordAt(error, name))
    .filter(isWord)
  const frames = (error.stack ?? '').split('\n').flatMap((line) => /^\s+at (.{1,200})$/.exec(line)?.[1] ?? [])
  return {
    name: word.test(error.name) ? error.name : 'Error',
    ...(code === undefined ? {} : { code }),
    ...(where.length === 0 ? {} : { where: where.join(' ') }),
    ...(frames.length === 0 ? {} : { stack: frames.slice(0, 12) }),
    ...(error.cause === undefined || depth >= deepest
      ? {}
      : { cause: describeError(error.cause, depth + 1) }),
  }
}

const isWord = (value: string | undefined): value is string => value !== undefined

function wordAt(error: Error, name: string): string | undefined {
  const value: unknown = Reflect.get(error, name)
  return typeof value === 'string' && word.test(value) ? value : undefined
}
