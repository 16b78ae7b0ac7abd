import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

export interface Citation {
  readonly requirement: string
  readonly title: string
  /** Path of the test file below the repository, with forward slashes. */
  readonly file: string
}

const opening = /(?<![\w.$])(?:test|it|describe)\b/g
const closers: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' }

/** The place after a string literal that begins at `at`. */
function afterString(source: string, at: number): number {
  const quote = source[at]
  let place = at + 1
  while (place < source.length && source[place] !== quote) place += source[place] === '\\' ? 2 : 1
  return place + 1
}

/** The place after the bracket that closes the one at `at`, with strings and nested brackets skipped. */
function afterBracket(source: string, at: number): number {
  const closer = closers[source[at] ?? '']
  let place = at + 1
  while (place < source.length && source[place] !== closer) {
    const character = source[place] ?? ''
    if ('\'"`'.includes(character)) place = afterString(source, place)
    else if (character in closers) place = afterBracket(source, place)
    else place += 1
  }
  return place + 1
}

const afterSpace = (source: string, at: number): number =>
  at + (/^\s*/.exec(source.slice(at, at + 200))?.[0].length ?? 0)

/** Titles of the tests and suites of a file, those with `.each(…)` or `.each\`…\`` before the title included. */
export function titlesIn(source: string): readonly string[] {
  const titles: string[] = []
  for (const { index, 0: word } of source.matchAll(opening)) {
    let place = index + word.length
    const member = /^(?:\.\w+)+/.exec(source.slice(place, place + 60))
    place = afterSpace(source, place + (member?.[0].length ?? 0))
    for (let call = 0; call < 2; call += 1) {
      if (source[place] === '`') place = afterSpace(source, afterString(source, place))
      if (source[place] !== '(') break
      const first = afterSpace(source, place + 1)
      if ('\'"`'.includes(source[first] ?? ' ')) {
        titles.push(source.slice(first + 1, afterString(source, first) - 1))
        break
      }
      place = afterSpace(source, afterBracket(source, place))
    }
  }
  return titles
}

/** `(R12)`, `(R12, R13)` and `R12–R14` in a title cite each requirement named; a range cites all within it. */
export function requirementsIn(title: string): readonly string[] {
  const cited = new Set<string>()
  for (const [, from, to] of title.matchAll(/\bR(\d{1,3})(?:[–-]R(\d{1,3}))?\b/g)) {
    for (let number = Number(from); number <= Number(to ?? from); number += 1) cited.add(`R${number}`)
  }
  return [...cited]
}

async function testFiles(root: string, folder: string): Promise<readonly string[]> {
  const entries = await readdir(join(root, folder), { withFileTypes: true }).catch(() => [])
  const found = await Promise.all(
    entries.map(async (entry) => {
      const path = `${folder}/${entry.name}`
      if (entry.isDirectory()) return testFiles(root, path)
      return /\.test\.tsx?$/.test(entry.name) ? [path] : []
    }),
  )
  return found.flat().sort()
}

export async function citations(root: string): Promise<readonly Citation[]> {
  const all: Citation[] = []
  for (const file of await testFiles(root, 'test')) {
    for (const raw of titlesIn(await readFile(join(root, file), 'utf8'))) {
      const title = raw.replaceAll(/\\(.)/g, '$1').replaceAll(/\s+/g, ' ')
      for (const requirement of requirementsIn(title)) all.push({ requirement, title, file })
    }
  }
  return all
}
