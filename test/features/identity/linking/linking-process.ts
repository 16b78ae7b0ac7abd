import type { LinkId } from '../../../../src/features/identity/linking/link.ts'
import type { SubjectId } from '../../../../src/kernel/ids.ts'
import type { DatabaseConnection } from '../../../../src/platform/db/connection.ts'
import { openLinking } from './linking-house.ts'
import { type Step, takeSteps } from './steps.ts'

/** A process of its own: waits for a line, takes all its steps at once, prints what came of each. */
const task = JSON.parse(process.argv[2] ?? '{}') as {
  readonly connection: DatabaseConnection
  readonly steps: readonly Step<SubjectId, LinkId>[]
}
const linking = openLinking(task.connection)
await linking.lane.raw('select 1')
process.stdout.write('ready\n')
process.stdin.once('data', async () => {
  process.stdout.write(`${JSON.stringify(await takeSteps(linking, task.steps))}\n`)
  await linking.lane.destroy()
  process.exit(0)
})
