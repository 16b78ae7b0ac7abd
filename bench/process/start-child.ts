import { fork } from 'node:child_process'
import { extname } from 'node:path'
import type { ChildMessage, OrderName, Orders } from './orders.ts'

export interface Child<Ready = unknown> {
  readonly pid: number
  readonly ready: Ready
  ask<Name extends OrderName>(name: Name, takes: Orders[Name]['takes']): Promise<Orders[Name]['answers']>
  stop(): Promise<void>
}

const stopPatienceMs = 5_000

/**
 * Starts one of the bench's processes, named by its folder (whose main runs as `.ts` from the sources, as `.js` from the
 * build), and waits until it says it is ready. What it prints goes to stderr: stdout is for the result alone.
 */
export async function startChild<Ready>(room: string, settings: unknown): Promise<Child<Ready>> {
  const url = new URL(`../${room}/main${extname(import.meta.url)}`, import.meta.url)
  const child = fork(url, [JSON.stringify(settings)], {
    stdio: ['ignore', 2, 'inherit', 'ipc'],
    execArgv: [],
    // As `npm start` has it: compiled modules are kept from one start to the next.
    env: { NODE_COMPILE_CACHE: 'node_modules/.cache/placet', ...process.env },
  })
  const waiting = new Map<number, { resolve: (answer: unknown) => void; reject: (error: Error) => void }>()
  let orders = 0
  let gone: Error | undefined

  const ready = new Promise<Ready>((resolve, reject) => {
    waiting.set(0, { resolve: (answer) => resolve(answer as Ready), reject })
  })
  child.on('message', (message: ChildMessage) => {
    const number = 'ready' in message ? 0 : message.number
    const asked = waiting.get(number)
    waiting.delete(number)
    if ('ready' in message) asked?.resolve(message.ready)
    else if ('failed' in message) asked?.reject(new Error(`${room}: ${message.failed}`))
    else asked?.resolve(message.answer)
  })
  const ended = new Promise<void>((resolve) => {
    const end = (how: string) => {
      gone = new Error(`${room} ended (${how})`)
      for (const { reject } of waiting.values()) reject(gone)
      waiting.clear()
      resolve()
    }
    child.once('exit', (code, signal) => end(signal ?? `status ${code}`))
    child.once('error', (error) => end(error.message))
  })

  return {
    ready: await ready,
    pid: child.pid ?? 0,
    ask: (name, takes) =>
      new Promise((resolve, reject) => {
        if (gone !== undefined) return reject(gone)
        orders += 1
        waiting.set(orders, {
          resolve: (answer) => resolve(answer as Orders[typeof name]['answers']),
          reject,
        })
        child.send({ number: orders, name, takes })
      }),
    async stop() {
      if (gone !== undefined) return
      if (child.connected) child.disconnect()
      const impatience = setTimeout(() => child.kill('SIGKILL'), stopPatienceMs)
      await ended
      clearTimeout(impatience)
    },
  }
}
