/**
 * A process of its own that runs one import and can be killed at any moment. Its only argument is JSON; on its standard
 * output it says how far it is, a line a batch, and at the end what it came to and what memory it took.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { openImportFile, quarantineFile } from '../../../../src/cli/import-file.ts'
import { importConsents } from '../../../../src/features/consent/imports/import-consents.ts'
import type { DatabaseConnection } from '../../../../src/platform/db/connection.ts'
import { openImportHouse } from './import-house.ts'

export interface ImportTask {
  readonly connection: DatabaseConnection
  readonly file: string
  readonly quarantine: string
  readonly dryRun: boolean
  readonly takeIn: boolean
}

export interface ImportAnswer {
  readonly report: object
  /** Bytes in use after a collection, at its highest over the batches. */
  readonly heap: number
  /** Of the whole process, at its highest. */
  readonly rss: number
}

const task: ImportTask = JSON.parse(process.argv[2] ?? '{}')
const house = await openImportHouse(task.connection)
const aside = quarantineFile('/', task.quarantine, false)
let heap = 0
let batches = 0
const say = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`)

try {
  const { report } = await importConsents(house.parts, {
    file: await openImportFile('/', task.file),
    format: 'csv',
    mapping: {},
    source: 'old-crm',
    controller: 'tienda-norte',
    brand: 'tienda-norte',
    actor: { kind: 'system', name: 'import' },
    language: 'es',
    dryRun: task.dryRun,
    resume: true,
    newcomers: task.takeIn ? { jurisdiction: 'ES' } : undefined,
    quarantine: aside,
    onProgress: ({ report: far }) => {
      batches += 1
      if (batches % 5 === 0) {
        globalThis.gc?.()
        heap = Math.max(heap, process.memoryUsage().heapUsed)
      }
      say({ rows: far.rows })
    },
  })
  await sleep(0)
  say({ report, heap, rss: process.resourceUsage().maxRSS * 1024 } satisfies ImportAnswer)
} finally {
  await aside.close()
  await house.close()
}
