// Everything that can be known without running the product. Steps run side by side; one line each, details only on failure.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { rightNode, root } from './right-node.mjs'

const tool = (...path) => join(root, 'node_modules', ...path)

const steps = [
  { name: 'types', command: [tool('typescript', 'bin', 'tsc'), '-p', 'tsconfig.json', '--noEmit'] },
  { name: 'format and lint', command: [tool('@biomejs', 'biome', 'bin', 'biome'), 'check', '.'] },
  { name: 'dependency rules', command: [join('scripts', 'cruise.mjs')] },
  { name: 'unused code', command: [tool('knip', 'bin', 'knip.js')] },
  {
    name: 'generated documents',
    command: [join('scripts', 'run.mjs'), 'dist/src/cli.js', 'docs', '--check'],
  },
]

const perform = ({ name, command }) =>
  new Promise((resolve) => {
    const started = performance.now()
    let output = ''
    const child = spawn(rightNode(), command, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text) => (output += text))
    child.on('close', (code) => {
      const seconds = ((performance.now() - started) / 1000).toFixed(1)
      if (code !== 0) console.log(`\n── ${name} ──\n${output.trimEnd()}\n`)
      resolve({ passed: code === 0, line: `${code === 0 ? '✔' : '✖'} ${name} (${seconds} s)` })
    })
  })

const results = await Promise.all(steps.map(perform))
for (const { line } of results) console.log(line)
process.exit(results.every(({ passed }) => passed) ? 0 : 1)
