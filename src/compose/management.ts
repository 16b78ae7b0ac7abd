import type { House } from '../compose.ts'
import { type Listening, listen } from '../platform/web/listen.ts'
import { managementHandler } from '../platform/web/management.ts'

/** Probes and metrics on their own port. `ready` turns false as soon as the process begins to close. */
export async function openManagement(house: House): Promise<Listening & { drain(): void }> {
  let closing = false
  const { host, port } = house.config.listen.management
  const databaseAnswers = async () => {
    try {
      await house.platform.reader.rows({ name: 'health', text: 'select 1' }, [])
      return true
    } catch {
      return false
    }
  }
  const handler = managementHandler(
    {
      ready: async () => {
        const checks = { database: await databaseAnswers(), open: !closing }
        return { ready: Object.values(checks).every(Boolean), checks }
      },
    },
    async () => {
      const { contentType, body } = await house.platform.metrics.expose()
      return { type: contentType, text: body }
    },
  )
  const listening = await listen(handler, port, host)
  return {
    ...listening,
    drain: () => {
      closing = true
    },
  }
}
