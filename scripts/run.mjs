// Runs a program of dist/ on the right Node.js, after bringing dist/ up to date:
//   node scripts/run.mjs dist/src/cli.js vectors --json
// Standard output belongs to the program alone.
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from './build.mjs'
import { rightNode, root } from './right-node.mjs'

export const run = (program, args) => {
  if (!build()) process.exit(1)
  const child = spawn(rightNode(), [join(root, program), ...args], {
    stdio: 'inherit',
    // Compiled modules are kept from one start to the next: half of a start is compiling them.
    env: { NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'placet'), ...process.env },
  })
  // Ctrl-C in a terminal reaches the child by itself; a second one from here would look like impatience.
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'))
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  // Told to end, npm ends the shell between us and does not wait: without its shell the program has nobody who wants it.
  const shell = process.ppid
  if (process.env.npm_lifecycle_event !== undefined)
    setInterval(() => process.ppid === shell || child.kill('SIGTERM'), 300).unref()
  child.on('error', (error) => {
    process.stderr.write(`${error.message}\n`)
    process.exit(1)
  })
  // 128 + n is how a shell reports a program ended by signal n.
  child.on('close', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)))
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [program, ...args] = process.argv.slice(2)
  if (program === undefined) {
    process.stderr.write('usage: node scripts/run.mjs dist/<program>.js [arguments]\n')
    process.exit(2)
  }
  run(program, args)
}
