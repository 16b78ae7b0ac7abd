import { startBackground } from './compose/background.ts'
import { openManagement } from './compose/management.ts'
import { checkDatabaseBeforeStart } from './compose/pg-start-checks.ts'
import { runProcess } from './compose/run-process.ts'
import { compose } from './compose.ts'

/** The worker: the same house without a public door. Sweeps, retries and rotation run here. */
await runProcess('worker', async (config, connection) => {
  await checkDatabaseBeforeStart(connection, config)
  const house = await compose(config, connection)
  const management = await openManagement(house)
  const background = startBackground(house)
  house.platform.log.info('process.ready', { port: management.port })
  return async () => {
    management.drain()
    await background.stop()
    await house.close()
    await management.close(0)
    house.platform.log.info('process.closed')
  }
})
