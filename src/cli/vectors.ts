import { readFile } from 'node:fs/promises'
import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import { answerVector } from '../features/consent/index.ts'
import { invalid } from '../kernel/errors.ts'
import { answerDeadlineVector, readCalendar } from './vectors/deadline-format.ts'
import { readDecisionVector, readRegistry } from './vectors/decision-format.ts'
import { answerMergeVector } from './vectors/merge-format.ts'

export interface VectorsResult {
  readonly total: number
  readonly passed: number
  readonly differing: readonly { readonly id: string; readonly expected: object; readonly got: object }[]
}

type Answer = (vector: unknown) => Readonly<Record<string, unknown>>

/** Each format of vector file: what it needs from the file, and how one of its cases is answered. */
const formats: Readonly<Record<string, (file: z.infer<typeof fileSchema>) => Answer>> = {
  'placet-consent-decisions/1': (file) => {
    const registry = readRegistry(file.registry)
    return (vector) => answerVector(readDecisionVector(vector), registry)
  },
  'placet-consent-merges/1': () => answerMergeVector,
  'placet-request-deadlines/1': (file) => {
    const calendar = readCalendar(file.calendar)
    return (vector) => answerDeadlineVector(vector, calendar)
  },
}

const fileSchema = z.looseObject({
  format: z.string(),
  vectors: z.array(z.looseObject({ id: z.string(), expect: z.record(z.string(), z.unknown()) })),
})

/**
 * Answers every case of a vector file and compares what each `expect` speaks about. A case that cannot be read differs,
 * and does not stop the others. Throws `vectors-unreadable` or `vectors_format_unknown` when the file itself is no good.
 */
export function runVectors(fileContent: string): VectorsResult {
  const file = readVectorFile(fileContent)
  const answer = answerFor(file)
  const differing = file.vectors.flatMap((vector) => {
    const expected = vector.expect
    const all = answerOrError(answer, vector)
    const got = Object.fromEntries(Object.keys(expected).map((name) => [name, all[name]]))
    return isDeepStrictEqual(got, expected)
      ? []
      : [{ id: vector.id, expected, got: 'error' in all ? all : got }]
  })
  return { total: file.vectors.length, passed: file.vectors.length - differing.length, differing }
}

/**
 * `placet vectors FILE`: prints `N/N` first, then each differing id on its own line. Resolves to the exit code: 0 when
 * all agree, 1 when some differ, 2 when the file cannot be read or its format is unknown.
 */
export async function vectorsCommand(path: string, out: (line: string) => void): Promise<number> {
  try {
    const { total, passed, differing } = runVectors(await readFile(path, 'utf8'))
    out(`${passed}/${total}`)
    for (const { id } of differing) out(id)
    return differing.length === 0 ? 0 : 1
  } catch (error) {
    out(error instanceof Error ? error.message : String(error))
    return 2
  }
}

function readVectorFile(fileContent: string): z.infer<typeof fileSchema> {
  try {
    return fileSchema.parse(JSON.parse(fileContent))
  } catch (error) {
    throw invalid('vectors-unreadable', `not a vector file: ${describe(error)}`)
  }
}

function answerFor(file: z.infer<typeof fileSchema>): Answer {
  const open = Object.hasOwn(formats, file.format) ? formats[file.format] : undefined
  if (open === undefined) throw invalid('vectors_format_unknown', `format not supported: ${file.format}`)
  try {
    return open(file)
  } catch (error) {
    throw invalid('vectors-unreadable', `not a ${file.format} file: ${describe(error)}`)
  }
}

function answerOrError(answer: Answer, vector: unknown): Readonly<Record<string, unknown>> {
  try {
    return answer(vector)
  } catch (error) {
    return { error: describe(error) }
  }
}

function describe(error: unknown): string {
  if (error instanceof z.ZodError) return z.prettifyError(error).replaceAll('\n', ' ')
  return error instanceof Error ? error.message : String(error)
}
