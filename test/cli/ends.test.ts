import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { publishedSecret } from '../../src/platform/config/index.ts'
import { createTestDatabase } from '../support/postgres.ts'

const root = join(import.meta.dirname, '..', '..')

/** Runs the built command line as a process of its own; undefined when it did not end by itself. */
function runBuilt(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<number | null | undefined> {
  const child = spawn(process.execPath, [join('scripts', 'run.mjs'), 'dist/src/cli.js', ...args], {
    cwd: root,
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  return new Promise((resolve) => {
    const patience = setTimeout(() => {
      child.kill('SIGKILL')
      resolve(undefined)
    }, 60_000)
    child.on('close', (code) => {
      clearTimeout(patience)
      resolve(code)
    })
  })
}

it('a command that opened the whole house closes it and ends by itself', async () => {
  const database = await createTestDatabase()
  const connection = database.appConnection
  const url = `postgres://${connection.user}@localhost/${connection.database}?host=${encodeURIComponent(connection.host)}&port=${connection.port}`
  try {
    const code = await runBuilt(['client', 'list', '--json'], {
      NODE_ENV: 'test',
      DATABASE_URL: url,
      PLACET_ISSUER: 'http://localhost:3999',
      PLACET_KEK: publishedSecret('placet test kek'),
      PLACET_SECRET: publishedSecret('placet test secret'),
    })
    expect(code).toBe(0)
  } finally {
    await database.drop()
  }
}, 90_000)
