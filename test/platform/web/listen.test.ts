import { Agent, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, test } from 'vitest'
import { type Listening, listen } from '../../../src/platform/web/listen.ts'
import { managementHandler } from '../../../src/platform/web/management.ts'

const opened: Listening[] = []
const open = async (handler: Parameters<typeof listen>[0]) => {
  const server = await listen(handler, 0, '127.0.0.1')
  opened.push(server)
  return server
}
afterEach(async () => {
  for (const server of opened.splice(0)) await server.close(50)
})

const ask = (port: number, agent: Agent) =>
  new Promise<{ status: number; connection: string | undefined; text: string }>((resolve, reject) => {
    request({ host: '127.0.0.1', port, agent }, (answer) => {
      let text = ''
      answer.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk
      })
      answer.on('end', () =>
        resolve({ status: answer.statusCode ?? 0, connection: answer.headers.connection, text }),
      )
    })
      .on('error', reject)
      .end()
  })

describe('an orderly end (P9)', () => {
  test('what was accepted is answered, on its last connection, and nothing new is taken', async () => {
    const agent = new Agent({ keepAlive: true })
    const server = await open(async (_, res) => {
      await sleep(150)
      res.end('done')
    })
    const underWay = [ask(server.port, agent), ask(server.port, agent), ask(server.port, agent)]
    await sleep(50)
    const started = performance.now()
    const closed = server.close(5_000)
    const answers = await Promise.all(underWay)
    await closed
    expect(answers).toEqual(Array(3).fill({ status: 200, connection: 'close', text: 'done' }))
    expect(performance.now() - started).toBeLessThan(1_000)
    await expect(ask(server.port, agent)).rejects.toThrow(/ECONNREFUSED/)
    agent.destroy()
  })

  test('connections that only wait are closed at once, a request that never ends when the grace is over', async () => {
    const agent = new Agent({ keepAlive: true })
    const quick = await open((_, res) => res.end('done'))
    await ask(quick.port, agent)
    const started = performance.now()
    await quick.close(5_000)
    expect(performance.now() - started).toBeLessThan(500)
    const stuck = await open(() => {})
    const never = ask(stuck.port, agent)
    await sleep(50)
    await Promise.all([expect(never).rejects.toThrow(/hang up|ECONNRESET/), stuck.close(100)])
    agent.destroy()
  })

  test('asked twice it ends once', async () => {
    const server = await open((_, res) => res.end())
    await Promise.all([server.close(), server.close()])
  })
})

describe('the management port', () => {
  const management = (ready: () => Promise<{ ready: boolean; checks: Record<string, boolean> }>) =>
    open(managementHandler({ ready }, async () => ({ type: 'text/plain', text: 'placet_up 1\n' })))
  const get = async (server: Listening, path: string, method = 'GET') => {
    const answer = await fetch(`http://127.0.0.1:${server.port}${path}`, { method })
    return [answer.status, await answer.text()]
  }

  test('tells whether the process lives, whether it is ready, and its numbers', async () => {
    const server = await management(async () => ({ ready: true, checks: { database: true } }))
    expect(await get(server, '/health/live')).toEqual([200, '{"live":true}'])
    expect(await get(server, '/health/ready?verbose')).toEqual([
      200,
      '{"ready":true,"checks":{"database":true}}',
    ])
    expect(await get(server, '/metrics')).toEqual([200, 'placet_up 1\n'])
    expect((await get(server, '/'))[0]).toBe(404)
    expect((await get(server, '/metrics', 'POST'))[0]).toBe(405)
  })

  test('a process that cannot tell is not ready, but lives', async () => {
    const server = await management(() => Promise.reject(new Error('no database')))
    expect(await get(server, '/health/ready')).toEqual([503, '{"ready":false,"checks":{}}'])
    expect((await get(server, '/health/live'))[0]).toBe(200)
  })
})
