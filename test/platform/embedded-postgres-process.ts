/**
 * A process that starts the embedded PostgreSQL, says so, and obeys: "stop" stops it, "leave" exits without stopping. The tests
 * run several of these against one directory, and kill some.
 */
import { createInterface } from 'node:readline'
import {
  type EmbeddedPostgresOptions,
  startEmbeddedPostgres,
} from '../../src/platform/embedded-postgres/index.ts'

const { becomeNobody, ...options }: EmbeddedPostgresOptions & { becomeNobody?: boolean } = JSON.parse(
  process.argv[2] ?? '{}',
)

if (becomeNobody) {
  process.setgroups?.([65534])
  process.setgid?.(65534)
  process.setuid?.(65534)
}

const postgres = await startEmbeddedPostgres(options)
process.stdout.write(
  `${JSON.stringify({ reused: postgres.reused, socketDirectory: postgres.socketDirectory })}\n`,
)

for await (const order of createInterface({ input: process.stdin })) {
  if (order === 'stop') await postgres.stop()
  process.exit(0)
}
