import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Heard {
  readonly path: string
  readonly method: string
  readonly headers: IncomingHttpHeaders
  readonly body: Record<string, unknown>
}

/**
 * What others run, on one port of this machine: both exclusion lists and a gateway for text messages, speaking as they do.
 * `faults` breaks them by path.
 */
export async function startOutsideServices() {
  const heard: Heard[] = []
  const faults = new Map<string, number>()
  const keys = { robinson: 'key-of-robinson', sms: 'token-of-the-gateway' }
  const answers: Readonly<Record<string, (body: Record<string, unknown>) => unknown>> = {
    '/v1/consultas': ({ hashes }) => ({
      resultados: (hashes as readonly string[]).map((hash) => ({ hash, inscrito: false })),
    }),
    '/api/check': ({ ids }) => (ids as readonly string[]).map((id) => ({ id, status: 'CLEAR' })),
    '/messages': ({ reference }) => ({ id: `gateway-${String(reference).slice(-6)}` }),
  }
  const server = createServer((req, res) => {
    let text = ''
    req.on('data', (chunk) => {
      text += String(chunk)
    })
    req.on('end', () => {
      const path = req.url ?? ''
      const body = text === '' ? {} : JSON.parse(text)
      heard.push({ path, method: req.method ?? '', headers: req.headers, body })
      const expected = { '/v1/consultas': keys.robinson, '/messages': keys.sms }[path]
      if (expected !== undefined && req.headers.authorization !== `Bearer ${expected}`) {
        return res.writeHead(401).end()
      }
      const fault = faults.get(path)
      if (fault !== undefined) return res.writeHead(fault).end()
      if (req.method === 'HEAD') return res.writeHead(405).end()
      const answer = answers[path]?.(body)
      if (answer === undefined) return res.writeHead(404).end()
      return res.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`
  return {
    origin,
    heard,
    faults,
    /** As an operator would set it. */
    environment: {
      PLACET_EGRESS_ALLOW: origin,
      PLACET_EXCLUSION_LISTS_ROBINSON_URL: origin,
      PLACET_EXCLUSION_LISTS_ROBINSON_KEY: keys.robinson,
      PLACET_EXCLUSION_LISTS_ROBINSON_COMPANY: 'B12345678',
      PLACET_EXCLUSION_LISTS_STOP_PUBLICIDAD_URL: origin,
      PLACET_EXCLUSION_LISTS_STOP_PUBLICIDAD_CLIENT: 'norte',
      PLACET_EXCLUSION_LISTS_STOP_PUBLICIDAD_SALT: 'salt-of-this-subscriber',
      PLACET_SMS_URL: `${origin}/messages`,
      PLACET_SMS_TOKEN: keys.sms,
      PLACET_SMS_SENDER: 'TiendaNorte',
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  }
}
