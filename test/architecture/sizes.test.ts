import { readdir, readFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { expect, test } from 'vitest'

const below = async (folder: string) => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries.map((entry) => ({ path: join(entry.parentPath, entry.name), isFile: entry.isFile() }))
}

const everything = [...(await below('src')), ...(await below('views'))]
const sources = everything
  .filter(({ path, isFile }) => isFile && /\.tsx?$/.test(path))
  .map(({ path }) => path)
const read = (path: string) => readFile(path, 'utf8')

test('no source file is longer than 400 lines', async () => {
  const longest = 400
  const counted = await Promise.all(
    sources.map(async (path) => ({ path, lines: (await read(path)).split('\n').length - 1 })),
  )
  expect(counted.length).toBeGreaterThan(20)
  expect(counted.filter(({ lines }) => lines > longest)).toEqual([])
})

test("each room's door opens with a paragraph that says what the room is for", async () => {
  const doors = sources.filter((path) => path.startsWith('src/') && basename(path) === 'index.ts')
  const opening = await Promise.all(doors.map(async (path) => ({ path, text: await read(path) })))
  expect(doors.length).toBeGreaterThan(0)
  expect(
    opening.filter(({ text }) => !/^\/\*\*\s+\*? ?\S|^\/\/ \S/.test(text)).map(({ path }) => path),
  ).toEqual([])
})

test('no folder or file has a name that says nothing', () => {
  const empty = /^(utils?|helpers?|common|types|misc)(\.tsx?)?$/
  const nameless = everything.filter(({ path }) => empty.test(basename(path))).map(({ path }) => path)
  expect(nameless).toEqual([])
})

test('every feature has a door', async () => {
  const rooms = new Set(
    sources.filter((path) => /^src\/features\/[^/]+\/[^/]+$/.test(path)).map((path) => dirname(path)),
  )
  expect([...rooms].filter((room) => !sources.includes(join(room, 'index.ts')))).toEqual([])
})
