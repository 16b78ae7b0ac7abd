import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { requirementsIn, titlesIn } from '../../src/cli/docs/cited-requirements.ts'
import { placet } from './run-placet.ts'

let root: string
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'placet-docs-'))
  await mkdir(join(root, 'docs'))
  await mkdir(join(root, 'test', 'oidc'), { recursive: true })
  await requirements({ id: 'R7', says: 'A code works once.', slice: 'first', notYet: true })
  await tests("test('one code, one success (R7)', () => {})")
})
afterEach(() => rm(root, { recursive: true }))

const requirements = (...list: object[]) =>
  writeFile(
    join(root, 'docs', 'requirements.json'),
    JSON.stringify({ groups: [{ title: 'Codes', requirements: list }] }),
  )
const tests = (source: string) => writeFile(join(root, 'test', 'oidc', 'codes.test.ts'), source)
const page = () => readFile(join(root, 'docs', 'assurance.md'), 'utf8')
const docs = (...args: string[]) => placet(['docs', ...args], { root })

describe('placet docs', () => {
  test('writes the pages, and the check is content with them', async () => {
    expect((await docs()).code).toBe(0)
    expect(await page()).toContain(
      '**R7** A code works once.\n\n- one code, one success (R7) (`test/oidc/codes.test.ts`)',
    )
    expect(await readFile(join(root, 'docs', 'data-map.md'), 'utf8')).toContain('### staff_sessions')
    expect(await readFile(join(root, 'docs', 'events.md'), 'utf8')).toContain('# Events')
    expect((await docs('--check')).code).toBe(0)
  })

  test('check changes nothing and exits 3 when a page is missing or says something else', async () => {
    expect((await docs('--check')).code).toBe(3)
    await expect(page()).rejects.toThrow(/ENOENT/)
    await docs()
    await writeFile(join(root, 'docs', 'assurance.md'), 'old')
    const { code, out } = await docs('--check')
    expect(code).toBe(3)
    expect(out).toContain('docs/assurance.md is stale')
  })

  test('a requirement that had a test and lost it is drift that writing the pages does not heal', async () => {
    await docs()
    await tests("test('something else', () => {})")
    for (const args of [['--check'], [], ['--check']]) {
      const { code, out } = await docs(...args)
      expect(code).toBe(3)
      expect(out).toContain('R7 is in scope and no test cites it any more')
    }
  })

  test('a requirement nobody has proven yet is said to be so', async () => {
    await tests('')
    expect((await docs()).code).toBe(0)
    expect(await page()).toContain('**R7** A code works once.\n\nnot yet\n')
    expect(await page()).toContain('Of 1 requirements in the first slice 0 are proven')
  })

  test('a test that cites a requirement nobody wrote down is drift', async () => {
    await tests("test('one code, one success (R7), and a typing mistake (R119)', () => {})")
    expect((await docs()).out).toContain('cites R119, which docs/requirements.json does not know')
  })
})

describe('titles of tests are found', () => {
  test.each([
    ['plain', "test('a title', () => {})", ['a title']],
    ['in a suite', 'describe("outer", () => { it(\'inner\', f) })', ['outer', 'inner']],
    ['after a table', "test.each([['x (', 1], [']', fn()]])('row %s', f)", ['row %s']],
    ['after a call in a table', "test.each(Object.entries(broken))('row', f)", ['row']],
    ['after a tagged table', 'test.each`a|b\n1|2`("tagged", f)', ['tagged']],
    ['on the next line', "test(\n  'far away',\n  () => {},\n)", ['far away']],
    ['with quotes inside', "test('it\\'s fine', f)", ["it\\'s fine"]],
    ['in template text', 'test(`in place`, f)', ['in place']],
    ['with a modifier', "test.concurrent.each([1])('both', f)", ['both']],
  ])('%s', (_, source, titles) => {
    expect(titlesIn(source)).toEqual(titles)
  })

  test('and words that only look like tests are left alone', () => {
    expect(titlesIn("regex.test('abc'); latest('x'); const test = 1; contest('y')")).toEqual([])
  })
})

test('a title may cite one requirement, several, or a range', () => {
  expect(requirementsIn('once (R7)')).toEqual(['R7'])
  expect(requirementsIn('twice (R7, R29; VC4)')).toEqual(['R7', 'R29'])
  expect(requirementsIn('counts for all (R64–R66)')).toEqual(['R64', 'R65', 'R66'])
  expect(requirementsIn('RFC 6749, R2D2 and HR7')).toEqual([])
})
