import { chown, mkdtemp, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { isReachable, type ServingUser } from './serving-user.ts'

const prefix = 'placet-pg-'
/** sockaddr_un holds 107 bytes on Linux and 103 on macOS; mkdtemp adds six characters to the prefix. */
const longestSocketPath = 103
const socketName = (port: number) => `.s.PGSQL.${port}`

/** A directory only PostgreSQL's user (and root) may enter: whoever gets in is trusted without a password. */
export const makeSocketDirectory = async (port: number, user: ServingUser) => {
  const temporary = tmpdir()
  const length = Buffer.byteLength(join(temporary, `${prefix}XXXXXX`, socketName(port)))
  const base = length <= longestSocketPath && (await isReachable(temporary, user)) ? temporary : '/tmp'
  const path = await mkdtemp(join(base, prefix))
  if (user !== undefined) await chown(path, user.uid, user.gid)
  return path
}

/** Refuses anything that does not look like one of ours: the path was read from a file. */
export const removeSocketDirectory = async (path: string) => {
  if (basename(path).startsWith(prefix)) await rm(path, { recursive: true, force: true })
}

/** A postmaster can outlive its socket when something sweeps the temporary directory. */
export const acceptsConnections = (socketDirectory: string, port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(join(socketDirectory, socketName(port)))
    const answer = (accepted: boolean) => {
      socket.destroy()
      resolve(accepted)
    }
    socket.once('connect', () => answer(true))
    socket.once('error', () => answer(false))
  })
