import type { ChildMessage, Handlers, OrderMessage } from './orders.ts'

const send = (message: ChildMessage) => process.send?.(message)

/**
 * The child's end: says that it is ready, then does what it is told, one order after the other as they come. Ends when
 * the parent does, so that nothing outlives a bench that was killed.
 */
export function serveOrders(ready: unknown, handlers: Handlers, onEnd: () => Promise<void>): void {
  process.on('message', async ({ number, name, takes }: OrderMessage) => {
    try {
      const handler = handlers[name] as ((takes: unknown) => Promise<unknown>) | undefined
      if (handler === undefined) throw new Error(`this process does not know how to ${name}`)
      send({ number, answer: await handler(takes) })
    } catch (error) {
      send({ number, failed: error instanceof Error ? (error.stack ?? error.message) : String(error) })
    }
  })
  // Ctrl-C reaches every process of the terminal's group; the order to end comes from the parent.
  process.on('SIGINT', () => {})
  process.once('disconnect', async () => {
    await onEnd()
    process.exit(0)
  })
  send({ ready })
}
