/**
 * A million rows through the command line, as an operator would: `placet import consents` in a process of its own with a
 * bounded heap, on a database of its own. Says how long it took and what memory it reached, as JSON on standard output;
 * ends with 1 when rows are missing or the memory went past the bound.
 *
 *   node scripts/run.mjs dist/bench/imports/main.js --rows 1000000 --people 250000 --heap 256 --bound 512
 */
import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { settleHouse } from '../../src/compose/settle-house.ts'
import { compose } from '../../src/compose.ts'
import { loadConfig } from '../../src/platform/config/index.ts'
import { startBenchDatabase } from '../database.ts'
import { seedRegistry } from '../house/seed-registry.ts'
import { newSecrets } from '../house/settings.ts'
import { writePeople } from './people.ts'
import { writeRows } from './rows.ts'

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '1000000' },
    people: { type: 'string', default: '250000' },
    /** Of the import's own process, in megabytes. */
    heap: { type: 'string', default: '256' },
    /** What the whole process may reach, in megabytes. */
    bound: { type: 'string', default: '512' },
    'dry-run': { type: 'boolean', default: false },
  },
})
const [rows, people, heap, bound] = [values.rows, values.people, values.heap, values.bound].map(Number) as [
  number,
  number,
  number,
  number,
]
const say = (line: string) => void process.stderr.write(`${line}\n`)
const purpose = 'marketing.direct'

/** The most the kernel ever saw of a process, in bytes; 0 where there is no such file. */
const peakOf = async (pid: number): Promise<number> => {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1024
}

const database = await startBenchDatabase(() => {})
const folder = await mkdtemp(join(tmpdir(), 'placet-bench-import-'))
try {
  const { kek, secret } = newSecrets()
  const { host, port, user, database: name } = database.application
  const env = {
    NODE_ENV: 'test',
    PLACET_KEK: kek,
    PLACET_SECRET: secret,
    DATABASE_URL: `postgres://${user}@localhost/${name}?host=${encodeURIComponent(host)}&port=${port}`,
  }
  const house = await compose(loadConfig(env), database.application)
  await settleHouse(house)
  await seedRegistry(house)
  await house.registry.refresh()
  const notice = house.registry.current().notices.find((one) => one.purpose === purpose)
  if (notice === undefined) throw new Error('the registry of the bench has no such purpose')
  say(`writing ${people} people and ${rows} rows`)
  await writePeople(house, database.house, people)
  await house.close()
  const file = join(folder, 'rows.csv')
  await writeRows(file, rows, people, { id: notice.id, purpose })

  const cli = fileURLToPath(new URL(`../../src/cli${extname(import.meta.url)}`, import.meta.url))
  const started = performance.now()
  const child = spawn(
    process.execPath,
    [
      `--max-old-space-size=${heap}`,
      cli,
      ...[
        'import',
        'consents',
        file,
        '--source',
        'old-crm',
        '--json',
        ...(values['dry-run'] ? ['--dry-run'] : []),
      ],
    ],
    { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] },
  )
  let peak = 0
  const growth: { readonly rows: number; readonly rss: number }[] = []
  const watch = setInterval(() => {
    peakOf(child.pid ?? 0)
      .then((now) => {
        peak = Math.max(peak, now)
      })
      .catch(() => undefined)
  }, 200)
  createInterface({ input: child.stderr }).on('line', (line) => {
    const done = /"rows":(\d+)/.exec(line)?.[1]
    if (done === undefined) return say(line)
    const far = Number(done)
    if (far - (growth.at(-1)?.rows ?? 0) < rows / 10) return
    growth.push({ rows: far, rss: peak })
    say(`${far} rows, ${Math.round(peak / 1024 / 1024)} MB`)
  })
  const printed = await text(child.stdout)
  clearInterval(watch)
  const seconds = (performance.now() - started) / 1000
  const outcome = JSON.parse(printed === '' ? '{}' : printed)
  const counted = outcome.report?.rows ?? 0
  const result = {
    rows: counted,
    bytes: (await stat(file)).size,
    people,
    seconds: Math.round(seconds),
    rowsPerSecond: Math.round(counted / seconds),
    heapLimit: heap * 1024 * 1024,
    peakRss: peak,
    growth,
    report: outcome.report,
  }
  process.stdout.write(`${JSON.stringify(result, null, 2)}\n`)
  if (counted !== rows || peak > bound * 1024 * 1024) process.exitCode = 1
} finally {
  await rm(folder, { recursive: true })
  await database.stop()
}
