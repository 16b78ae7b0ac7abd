import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type AddressInfo, createServer, type Server } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createEgress, type Egress, type EgressOptions } from '../../../src/platform/egress/egress.ts'
import { isPublicAddress } from '../../../src/platform/egress/public-address.ts'

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

async function listening(server: Server, host?: string): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, host, resolve))
  closing.push(() => new Promise((resolve) => server.close(resolve)))
  return (server.address() as AddressInfo).port
}

/** What must never be reached: any connection, any byte is written down. */
async function innerService(host?: string): Promise<{ port: number; reached: () => number }> {
  let touched = 0
  const server = createServer((socket) => {
    touched += 1
    socket.on('data', () => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n'))
    socket.on('error', () => undefined)
  })
  return { port: await listening(server, host), reached: () => touched }
}

async function site(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const server = createHttpServer(answer)
  const port = await listening(server, '127.0.0.1')
  closing.push(async () => server.closeAllConnections())
  return `http://127.0.0.1:${port}`
}

function egress(options: EgressOptions = {}): Egress {
  const made = createEgress(options)
  closing.push(() => made.close())
  return made
}

describe('the way out', () => {
  it('reaches no address of ours, however it is written (R115)', async () => {
    const inner = await innerService()
    const { port } = inner
    const out = egress({ ports: [port], timeoutMs: 1000 })
    const spellings = [
      '127.0.0.1',
      '127.1',
      '2130706433',
      '0x7f000001',
      '0177.0.0.1',
      '0.0.0.0',
      '0',
      '[::1]',
      '[::]',
      '[::ffff:127.0.0.1]',
      '[::ffff:7f00:1]',
      '[::127.0.0.1]',
      '[64:ff9b::7f00:1]',
      '[64:ff9b:1::7f00:1]',
      '[2002:7f00:1::]',
      '[fe80::1]',
      '[fd00:ec2::254]',
      '[ff02::1]',
      '169.254.169.254',
      '10.0.0.1',
      '172.16.0.1',
      '192.168.1.1',
      '100.64.0.1',
      '224.0.0.1',
      '255.255.255.255',
    ]
    for (const host of spellings) {
      const tried = out.fetch(`https://${host}:${port}/latest/meta-data`)
      await expect(tried, host).rejects.toMatchObject({ failure: 'refused', code: 'egress-address-refused' })
    }
    await expect(out.fetch(`https://localhost:${port}/`)).rejects.toMatchObject({
      code: 'egress-address-refused',
    })
    expect(inner.reached()).toBe(0)
  })

  it('looks at the address of the very connection, so a name that changes its answer gains nothing', async () => {
    const inner = await innerService('127.0.0.1')
    let asked = 0
    // 3ffe::/16 went back to IANA and is routed nowhere: public by its form, and nobody is there.
    const answers = ['3ffe::1', '127.0.0.1']
    const out = egress({
      ports: [inner.port],
      timeoutMs: 300,
      resolve: async () => {
        const address = answers[Math.min(asked, 1)] ?? ''
        asked += 1
        return [{ address, family: address.includes(':') ? 6 : 4 }]
      },
    })
    const url = `https://rebinding.example:${inner.port}/`
    await expect(out.fetch(url)).rejects.toMatchObject({ failure: 'unavailable' })
    expect(asked, 'one question for one connection: nothing can change between check and use').toBe(1)
    // The first connection may still be under way to nowhere; the one after it asks again, and is told 127.0.0.1.
    await vi.waitFor(() => expect(out.fetch(url)).rejects.toMatchObject({ code: 'egress-address-refused' }), {
      timeout: 4000,
    })
    expect(inner.reached()).toBe(0)
  })

  it('refuses a name that has one inner address among its public ones, or whose record changes as it is read', async () => {
    const inner = await innerService('127.0.0.1')
    const mixed = egress({
      ports: [inner.port],
      resolve: async () => [
        { address: '3ffe::1', family: 6 },
        { address: '127.0.0.1', family: 4 },
      ],
    })
    await expect(mixed.fetch(`https://mixed.example:${inner.port}/`)).rejects.toMatchObject({
      code: 'egress-address-refused',
    })
    let reads = 0
    const shifting = egress({
      ports: [inner.port],
      timeoutMs: 300,
      resolve: async () => [
        {
          family: 4,
          get address() {
            reads += 1
            return reads === 1 ? '3ffe::1' : '127.0.0.1'
          },
        },
      ],
    })
    await expect(shifting.fetch(`https://shifting.example:${inner.port}/`)).rejects.toMatchObject({
      name: 'PlacetError',
    })
    const silent = egress({ ports: [inner.port], resolve: async () => [] })
    await expect(silent.fetch(`https://nowhere.example:${inner.port}/`)).rejects.toMatchObject({
      code: 'egress-address-refused',
    })
    expect(inner.reached()).toBe(0)
  })

  it('takes https only, listed ports only, and no credentials in a URL', async () => {
    const inner = await innerService('127.0.0.1')
    const out = egress()
    const refusedUrls = [
      `http://127.0.0.1:${inner.port}/`,
      `https://example.com:${inner.port}/`,
      'https://example.com:22/',
      'https://user:password@example.com/',
      'ftp://example.com/',
      'file:///etc/passwd',
      'data:text/plain,x',
      '/relative',
      '',
    ]
    for (const url of refusedUrls) {
      await expect(out.fetch(url), url).rejects.toMatchObject({
        failure: 'refused',
        code: 'egress-url-refused',
      })
    }
    expect(inner.reached()).toBe(0)
  })

  it('follows no redirect, not even from an allowed origin', async () => {
    const inner = await innerService('127.0.0.1')
    const origin = await site((_, response) =>
      response.writeHead(302, { location: `http://127.0.0.1:${inner.port}/` }).end(),
    )
    await expect(egress({ allow: [origin] }).fetch(`${origin}/hook`)).rejects.toMatchObject({
      code: 'egress-redirected',
    })
    expect(inner.reached()).toBe(0)
  })

  it('reaches an origin that was allowed by name, and only that one', async () => {
    const origin = await site((request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        response.writeHead(201, {
          'content-type': 'application/json',
          'x-seen': request.headers['x-id'] ?? 'none',
        })
        response.end(JSON.stringify({ method: request.method, body: Buffer.concat(chunks).toString() }))
      })
    })
    const other = await innerService('127.0.0.1')
    const out = egress({ allow: [origin] })
    const answer = await out.fetch(`${origin}/hook`, {
      method: 'POST',
      body: '{"a":1}',
      headers: { 'x-id': '7' },
    })
    expect(answer.status).toBe(201)
    expect(answer.headers.get('x-seen')).toBe('7')
    expect(await answer.json()).toEqual({ method: 'POST', body: '{"a":1}' })
    const asRequest = await out.fetch(new Request(`${origin}/hook`, { method: 'PUT', body: 'x' }))
    expect(await asRequest.json()).toEqual({ method: 'PUT', body: 'x' })
    await expect(out.fetch(`http://127.0.0.1:${other.port}/`)).rejects.toMatchObject({
      code: 'egress-url-refused',
    })
    expect(other.reached()).toBe(0)
    expect(() => createEgress({ allow: [`${origin}/path`] })).toThrow()
  })

  it('cannot be talked into a dispatcher of the caller', async () => {
    const origin = await site((_, response) => response.end('ok'))
    const evil = {
      dispatch: () => {
        throw new Error('the caller’s dispatcher was used')
      },
    }
    const init = { dispatcher: evil } as unknown as RequestInit
    const answer = await egress({ allow: [origin] }).fetch(origin, init)
    expect(await answer.text()).toBe('ok')
  })

  it('stops reading an answer that is too long, also when it comes folded small or never ends', async () => {
    const origin = await site((request, response) => {
      if (request.url === '/folded') {
        response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(10_000_000)))
      } else if (request.url === '/endless') {
        const more = () => {
          while (!response.destroyed && response.write(Buffer.alloc(16_384)));
        }
        response.on('drain', more)
        more()
      } else response.end(Buffer.alloc(Number(request.url?.slice(1))))
    })
    const out = egress({ allow: [origin] })
    const just = await out.fetch(`${origin}/65536`)
    expect((await just.arrayBuffer()).byteLength).toBe(65_536)
    for (const path of ['/65537', '/folded', '/endless']) {
      await expect(out.fetch(`${origin}${path}`), path).rejects.toMatchObject({ code: 'egress-too-large' })
    }
  })

  it('waits for no slow host: neither for its greeting nor for a body that drips', async () => {
    const origin = await site((request, response) => {
      if (request.url === '/mute') return
      response.writeHead(200)
      const drip = setInterval(() => response.write('.'), 20)
      response.on('close', () => clearInterval(drip))
    })
    const out = egress({ allow: [origin], timeoutMs: 250 })
    for (const path of ['/mute', '/drip']) {
      const from = performance.now()
      await expect(out.fetch(`${origin}${path}`), path).rejects.toMatchObject({ code: 'egress-timeout' })
      expect(performance.now() - from).toBeLessThan(1500)
    }
  })

  it('says that a host is not there, without saying why', async () => {
    const gone = await innerService('127.0.0.1')
    await closing.pop()?.()
    const origin = `http://127.0.0.1:${gone.port}`
    await expect(egress({ allow: [origin] }).fetch(origin)).rejects.toMatchObject({
      failure: 'unavailable',
      code: 'egress-failed',
    })
  })
})

describe('a public address', () => {
  it.each(['8.8.8.8', '93.184.216.34', '2606:2800:220:1::1', '2a00:1450::1'])('%s is one', (address) => {
    expect(isPublicAddress(address)).toBe(true)
  })

  it.each([
    '192.0.2.1',
    '198.18.0.1',
    '240.0.0.1',
    '2001:db8::1',
    '3fff::1',
    '5f00::1',
    '4000::1',
    'fec0::1',
    '::8.8.8.8',
    'localhost',
    '',
  ])('%s is none', (address) => {
    expect(isPublicAddress(address)).toBe(false)
  })
})
