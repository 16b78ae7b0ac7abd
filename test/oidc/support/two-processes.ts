import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const script = fileURLToPath(new URL('./house-process.ts', import.meta.url))

export interface ServingProcess {
  readonly origin: string
  close(): Promise<void>
}

/** Starts a provider in a Node process of its own and waits until it listens. */
export async function serveInProcess(options: Readonly<Record<string, string>>): Promise<ServingProcess> {
  const flags = Object.entries(options).map(([name, value]) => `--${name}=${value}`)
  const child: ChildProcessWithoutNullStreams = spawn(process.execPath, [script, ...flags])
  let complaints = ''
  child.stderr.on('data', (chunk) => {
    complaints += String(chunk)
  })
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
  })
  const port = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve)
    void ended.then(() => reject(new Error(`the process ended early: ${complaints}`)))
  })
  return {
    origin: `http://localhost:${port}`,
    close: async () => {
      child.stdin.end()
      await ended
    },
  }
}
