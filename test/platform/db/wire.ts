import { mkdtemp, rm } from 'node:fs/promises'
import { connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DatabaseCoordinates } from '../../support/postgres.ts'

/**
 * What happens on the wire when a COMMIT, or another statement one waits for, comes by: it passes; it is lost with its connection before the server has it;
 * the server has it and its answer is lost with the connection; the server has it and the answer never comes.
 */
export type CommitFate = 'passes' | 'lost-before' | 'lost-after' | 'unanswered'

/** A wire between application and PostgreSQL that breaks on demand, since no server breaks at the moment one wants. */
export async function layWire(to: DatabaseCoordinates, statement = 'COMMIT;') {
  const directory = await mkdtemp(join(tmpdir(), 'placet-wire-'))
  const sockets = new Set<Socket>()
  let fate: CommitFate = 'passes'
  let silent = false
  const server = createServer((client) => {
    const upstream = connect(join(to.host, `.s.PGSQL.${to.port}`))
    let swallow: CommitFate = 'passes'
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('error', () => {})
      socket.on('close', () => {
        sockets.delete(socket)
        client.destroy()
        upstream.destroy()
      })
    }
    client.on('data', (chunk: Buffer) => {
      if (chunk.includes(statement)) swallow = fate
      if (swallow === 'lost-before') client.destroy()
      else upstream.write(chunk)
    })
    upstream.on('data', (chunk: Buffer) => {
      if (swallow === 'lost-after') client.destroy()
      else if (swallow !== 'unanswered' && !silent) client.write(chunk)
    })
  })
  await new Promise<void>((resolve) => server.listen(join(directory, '.s.PGSQL.5432'), resolve))
  return {
    connection: { ...to, host: directory, port: 5432 },
    commits: (what: CommitFate) => {
      fate = what
    },
    /** The server goes on hearing and its answers get lost: a network that neither works nor breaks. */
    silence: (on: boolean) => {
      silent = on
    },
    cut: () => {
      for (const socket of sockets) socket.destroy()
    },
    remove: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise<void>((resolve) => server.close(() => resolve()))
      await rm(directory, { recursive: true, force: true })
    },
  }
}

export type Wire = Awaited<ReturnType<typeof layWire>>
