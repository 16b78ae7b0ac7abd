import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { ImportAnswer, ImportTask } from './import-process.ts'

const script = fileURLToPath(new URL('./import-process.ts', import.meta.url))

/** Starts an import in a process of its own. `onRows` hears how far it is, and may kill it. */
export async function importInProcess(
  task: ImportTask,
  onRows: (rows: number, child: ChildProcess) => void = () => {},
  heapMegabytes = 96,
): Promise<ImportAnswer | undefined> {
  const child = spawn(
    process.execPath,
    [`--max-old-space-size=${heapMegabytes}`, '--expose-gc', script, JSON.stringify(task)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  let answer: ImportAnswer | undefined
  for await (const line of createInterface({ input: child.stdout })) {
    const said = JSON.parse(line)
    if ('report' in said) answer = said
    else onRows(said.rows, child)
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  return answer
}

const header =
  'email,purpose,contact_channel,answer,given_at,channel,notice_id,notice_version,evidence_grade,evidence_reference\n'
const answers = ['given', 'given', 'refused', 'withdrawn', 'given'] as const

export const addressAt = (person: number): string => `person-${person}@correo.example`

/**
 * Rows as another system might export them: several a person, some without evidence, and every fiftieth one that can be
 * no fact. The same `rows` and `people` make the same file.
 */
export async function writeRows(path: string, rows: number, people: number): Promise<void> {
  const file = createWriteStream(path)
  const began = Date.UTC(2020, 0, 1)
  file.write(header)
  for (let at = 0; at < rows; at += 1) {
    const person = Math.floor((at * people) / rows)
    const wrong = at % 50 === 49
    const line = [
      addressAt(person),
      wrong && at % 100 === 99 ? 'marketing.psychic' : 'marketing.direct',
      'email',
      answers[at % answers.length],
      new Date(began + at * 60_000).toISOString(),
      wrong && at % 100 === 49 ? 'cinema' : 'web',
      'notice-marketing.direct',
      '1',
      at % 7 === 0 ? '' : 'full',
      `form ${at}`,
    ].join(',')
    if (!file.write(`${line}\n`)) await once(file, 'drain')
  }
  file.end()
  await once(file, 'finish')
}
