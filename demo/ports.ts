import { createServer } from 'node:net'

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })

/** The ports of the list that somebody else has, so that the demo can say so before it starts anything. */
export async function takenPorts(ports: readonly number[]): Promise<readonly number[]> {
  const free = await Promise.all(ports.map(isFree))
  return ports.filter((_, index) => !free[index])
}

/** The first of five ports in a row that nobody has. */
export async function freePorts(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const address = probe.address()
  await new Promise((resolve) => probe.close(resolve))
  const first = typeof address === 'object' && address !== null ? address.port : 0
  const row = [first, first + 1, first + 2, first + 3, first + 4]
  return first < 1024 || first > 65_000 || (await takenPorts(row)).length > 0 ? freePorts() : first
}
