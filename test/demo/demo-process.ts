import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

/** What `npm run demo` runs, started as npm would: another process, in a directory of the test's own. */
export interface DemoProcess {
  readonly child: ChildProcess
  readonly output: { readonly out: string; readonly err: string }
  /** Resolves with everything it has printed once these words are among it. */
  says(words: string): Promise<string>
  /** Resolves with the exit code. */
  ended(): Promise<number | null>
  stop(signal?: NodeJS.Signals): Promise<number | null>
}

const root = join(import.meta.dirname, '..', '..')

export function runDemo(directory: string, ...args: readonly string[]): DemoProcess {
  const child = spawn(process.execPath, [join(root, 'dist', 'demo', 'main.js'), ...args], {
    cwd: directory,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const output = { out: '', err: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output.out += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.err += text))
  const closed = once(child, 'close').then(([code]) => code as number | null)
  return {
    child,
    output,
    says: async (words) => {
      while (!output.out.includes(words)) {
        const more: unknown = await Promise.race([once(child.stdout, 'data'), closed])
        if (!Array.isArray(more)) throw new Error(`the demo ended (${more}): ${output.err}`)
      }
      return output.out
    },
    ended: () => closed,
    stop: (signal = 'SIGINT') => {
      child.kill(signal)
      return closed
    },
  }
}

/** Brings `dist/` up to date as the npm script does before it starts anything. */
export async function buildDemo(): Promise<void> {
  const build = spawn(process.execPath, [join(root, 'scripts', 'build.mjs')], { cwd: root, stdio: 'inherit' })
  const [code] = await once(build, 'close')
  if (code !== 0) throw new Error('the demo does not build')
}
