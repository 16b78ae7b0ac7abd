import { openManagement } from './compose/management.ts'
import { checkDatabaseBeforeStart } from './compose/pg-start-checks.ts'
import { runProcess } from './compose/run-process.ts'
import { settleHouse } from './compose/settle-house.ts'
import { compose } from './compose.ts'
import { listen } from './platform/web/listen.ts'

/** The web process: config → compose → listen → close on signal. */
await runProcess('web', async (config, connection) => {
  await checkDatabaseBeforeStart(connection, config)
  const house = await compose(config, connection)
  await settleHouse(house)
  const management = await openManagement(house)
  const web = await listen(house.web.callback(), config.listen.port, config.listen.host)
  house.platform.log.info('process.ready', { port: web.port, url: config.issuer.origin })
  return async () => {
    management.drain()
    await web.close()
    await house.close()
    await management.close(0)
    house.platform.log.info('process.closed')
  }
})
