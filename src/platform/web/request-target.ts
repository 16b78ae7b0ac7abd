import type { IncomingMessage } from 'node:http'
import { HttpRefusal } from './http-refusal.ts'

/** More parameters than any page or protocol message of ours has; koa's parser takes time with their square (R16). */
const maxParameters = 100

/**
 * Whether a request was addressed to us by name (R114). Only the Host line counts, and there must be one of it: what
 * `Forwarded` and `X-Forwarded-Host` say is nobody's business here, since every address of ours comes from configuration.
 */
export function isAddressedToUs(req: IncomingMessage, hosts: readonly string[]): boolean {
  const lines = req.headersDistinct['host'] ?? []
  return lines.length === 1 && hosts.includes((lines[0] ?? '').toLowerCase())
}

/**
 * Lets only the plain form of a request target in: a path and a query that no browser, proxy or parser could read as
 * another host's address (RFC 9112 3.2.1). The absolute form is for proxies; no browser or client sends it to a server, and forms and links built from it
 * would lead wherever it says.
 */
export function checkTarget(target: string): void {
  if (!target.startsWith('/') || /^\/[/\\]/.test(target)) {
    throw new HttpRefusal(400, 'bad-target', 'Ask for a path that begins with one slash.')
  }
  const [path = '', query = ''] = target.split('?', 2)
  if (!isDecodable(path) || /%00/.test(target)) {
    throw new HttpRefusal(400, 'bad-escape', 'The address has an escape that stands for no character.')
  }
  if (query.split('&').length > maxParameters) {
    throw new HttpRefusal(400, 'too-many-parameters', `An address has at most ${maxParameters} parameters.`)
  }
}

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path)
    return true
  } catch {
    return false
  }
}
