import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { problemCatalogue } from '../../../src/channels/api/problems/catalogue.ts'

const statusOf: Readonly<Record<string, number>> = {
  invalid: 422,
  notFound: 404,
  refused: 403,
  unauthenticated: 401,
  needsStepUp: 401,
  conflict: 409,
  gone: 410,
  tooMany: 429,
  unavailable: 503,
  malformed: 400,
}
const kindOf: Readonly<Record<string, number>> = {
  invalid: 422,
  'not-found': 404,
  refused: 403,
  unauthenticated: 401,
  'needs-step-up': 401,
  conflict: 409,
  gone: 410,
  'too-many': 429,
  unavailable: 503,
}

async function sources(): Promise<readonly { readonly path: string; readonly text: string }[]> {
  const entries = await readdir('src', { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
  return Promise.all(
    files.map(async (entry) => {
      const path = join(entry.parentPath, entry.name)
      return { path, text: await readFile(path, 'utf8') }
    }),
  )
}

/** Every code the sources throw, with the statuses it is thrown with. */
function codesIn(text: string): readonly (readonly [code: string, status: number])[] {
  const code = "'([a-z][a-z0-9_-]+)'"
  const maker = new RegExp(`\\b(${Object.keys(statusOf).join('|')})\\(\\s*${code}\\s*,`, 'g')
  const plain = new RegExp(`new HttpRefusal\\(\\s*(\\d{3}),\\s*${code}`, 'g')
  const error = new RegExp(`new PlacetError\\(\\s*'([a-z-]+)',\\s*${code}`, 'g')
  return [
    ...[...text.matchAll(maker)].map(([, by = '', name = '']) => [name, statusOf[by] ?? 0] as const),
    ...[...text.matchAll(plain)].map(([, status, name = '']) => [name, Number(status)] as const),
    ...[...text.matchAll(error)].map(([, kind = '', name = '']) => [name, kindOf[kind] ?? 0] as const),
    ...(/const wrong = \(code: string/.test(text)
      ? [...text.matchAll(new RegExp(`\\bwrong\\(\\s*${code}`, 'g'))].map(
          ([, name = '']) => [name, 422] as const,
        )
      : []),
  ]
}

test('every code that the sources throw is in the catalogue, with a status it is thrown with, and no other', async () => {
  const thrown = new Map<string, Set<number>>()
  for (const { text } of await sources()) {
    for (const [code, status] of codesIn(text)) thrown.set(code, (thrown.get(code) ?? new Set()).add(status))
  }
  expect(thrown.size).toBeGreaterThan(100)
  const missing = [...thrown.keys()].filter((code) => problemCatalogue[code] === undefined)
  expect(missing.sort()).toEqual([])
  // These two are made where an error was not ours.
  const ours = new Set([...thrown.keys(), 'internal', 'bad-request'])
  expect(Object.keys(problemCatalogue).filter((code) => !ours.has(code))).toEqual([])
  const differing = [...thrown].filter(
    ([code, statuses]) => !statuses.has(problemCatalogue[code]?.status ?? 0),
  )
  expect(differing).toEqual([])
})

test('negative control: a code nobody catalogued is found in the sources', () => {
  expect(codesIn("throw conflict('brand-new-code', 'No.')")).toEqual([['brand-new-code', 409]])
})

test('what people meet is told in Spanish as well', () => {
  for (const [code, { means, todo }] of Object.entries(problemCatalogue)) {
    expect([code, means.es === undefined]).toEqual([code, todo.es === undefined])
    expect(means.en).toMatch(/\.$/)
    expect(todo.en).toMatch(/\.$/)
  }
})
