import { lookup as systemLookup } from 'node:dns/promises'
import { isIP, type LookupFunction } from 'node:net'
import { buildConnector } from 'undici'
import { refused } from '../../kernel/errors.ts'
import { isPublicAddress } from './public-address.ts'

/** Every address of a host name. The default asks the system; tests bring their own. */
export type ResolveHost = (hostname: string) => Promise<readonly { address: string; family: number }[]>

export const systemResolve: ResolveHost = (hostname) => systemLookup(hostname, { all: true })

const notPublic = () => refused('egress-address-refused', 'the host is not on the public internet')

/**
 * Connects only to public addresses. The check sits in the lookup of the very connection, so the address that was checked
 * is the address that is dialled and a name that changes its answer gains nothing (rebinding). A name with one bad address
 * among its good ones is refused whole. The peer is checked once more when the socket is open, should the lookup ever be
 * bypassed. `exempt` origins skip all of it.
 */
export function guardedConnector(
  resolve: ResolveHost,
  exempt: ReadonlySet<string>,
  timeoutMs: number,
): buildConnector.connector {
  const guarded = buildConnector({ lookup: guardedLookup(resolve), timeout: timeoutMs, allowH2: false })
  const open = buildConnector({ timeout: timeoutMs, allowH2: false })
  return (options, callback) => {
    const port = options.port === '' ? '' : `:${options.port}`
    if (exempt.has(`${options.protocol}//${options.hostname}${port}`)) return open(options, callback)
    const literal = options.hostname.replace(/^\[|\]$/g, '')
    // A literal address is dialled without any lookup.
    if (isIP(literal) !== 0 && !isPublicAddress(literal)) return callback(notPublic(), null)
    guarded(options, (error, socket) => {
      if (error !== null) return callback(error, null)
      if (socket.remoteAddress === undefined || !isPublicAddress(socket.remoteAddress)) {
        socket.destroy()
        return callback(notPublic(), null)
      }
      callback(null, socket)
    })
  }
}

function guardedLookup(resolve: ResolveHost): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname).then(
      (answer) => {
        // Copied before the check: what is dialled is what was looked at.
        const found = answer.map(({ address, family }) => ({ address, family }))
        const [first] = found
        if (first === undefined || !found.every(({ address }) => isPublicAddress(address))) {
          return callback(notPublic(), '', 0)
        }
        if (options.all === true) return callback(null, found)
        callback(null, first.address, first.family)
      },
      (error: Error) => callback(error, '', 0),
    )
  }
}
