import { readFile, writeFile } from 'node:fs/promises'
import type { BenchmarkResult } from '../run/result.ts'
import { describeRun, markdownTable } from './table.ts'

const start = '<!-- newest run: written by npm run bench -- --write -->'
const end = '<!-- end of newest run -->'

/** Puts the run between the two markers and touches nothing else. */
export function withNewestRun(page: string, result: BenchmarkResult): string {
  const [from, to] = [page.indexOf(start), page.indexOf(end)]
  if (from < 0 || to < from) throw new Error('the page has no place for the newest run')
  const lines = describeRun(result).map((line) => `- ${line}`)
  const text = [start, '', ...lines, '', markdownTable(result), '', ''].join('\n')
  return page.slice(0, from) + text + page.slice(to)
}

export async function writeNewestRun(path: string, result: BenchmarkResult): Promise<void> {
  await writeFile(path, withNewestRun(await readFile(path, 'utf8'), result))
}
