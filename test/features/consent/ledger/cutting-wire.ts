import { createConnection, createServer, type Socket } from 'node:net'
import type { DatabaseCoordinates } from '../../../support/postgres.ts'

/**
 * A wire to the database that can be cut. Everything a process says to PostgreSQL goes through it piece by piece, so
 * cutting it at the n-th piece is that process dying between any two of its writes, whatever statements they are.
 */
export async function cuttingWire(database: DatabaseCoordinates) {
  const open = new Set<Socket>()
  let dying = 0
  let left = Number.POSITIVE_INFINITY
  let lastArrives = false
  let dead = false

  const cut = () => {
    dead = true
    for (const socket of open) socket.destroy()
    open.clear()
  }
  const server = createServer((near) => {
    if (dead) return void near.destroy()
    const far = createConnection(`${database.host}/.s.PGSQL.${database.port}`)
    for (const socket of [near, far]) {
      open.add(socket)
      socket.on('error', () => socket.destroy())
      socket.on('close', () => open.delete(socket))
    }
    let lastWords = false
    near.on('close', () => {
      if (!lastWords) far.destroy()
    })
    far.on('close', () => near.destroy())
    far.on('data', (piece) => void near.write(piece))
    near.on('data', (piece) => {
      if (left <= 0) return
      left -= 1
      if (left > 0) return void far.write(piece)
      // The last words either still reach the server, whose answer nobody hears, or they do not.
      if (!lastArrives) return cut()
      lastWords = true
      dead = true
      dying += 1
      far.on('close', () => {
        dying -= 1
      })
      far.end(piece)
      near.destroy()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    connection: { ...database, host: '127.0.0.1', port: address.port },
    /** The wire holds for `pieces` more; `arrives` tells whether the last of them gets through. */
    cutAfter: (pieces: number, arrives: boolean) => {
      left = pieces
      lastArrives = arrives
    },
    mend: () => {
      left = Number.POSITIVE_INFINITY
      dead = false
    },
    wasCut: () => dead,
    /** True while the server has not yet hung up after last words: what they ask for may still be done. */
    isDying: () => dying > 0,
    close: async () => {
      cut()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
