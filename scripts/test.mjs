// Runs the tests (arguments go to vitest) and ends with one line alone: `N passed, N failed`, plus `, N skipped` if any.
// Fails when a test failed, when a file could not be loaded, and when no test ran at all.
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { rightNode, root } from './right-node.mjs'

const folder = mkdtempSync(join(tmpdir(), 'placet-test-report-'))
const report = join(folder, 'report.json')

const vitest = spawn(
  rightNode(),
  [
    join(root, 'node_modules', 'vitest', 'vitest.mjs'),
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...process.argv.slice(2),
  ],
  { cwd: root, stdio: 'inherit' },
)
for (const signal of ['SIGINT', 'SIGTERM'])
  process.on(signal, () => process.stdin.isTTY || vitest.kill(signal))

vitest.on('close', (code) => {
  const { passed, failed, skipped } = count()
  // An error outside every test (a crashed worker, a failing set-up) counts as one failure: never "0 failed" beside an error.
  const failures = code !== 0 && failed === 0 ? 1 : failed
  rmSync(folder, { recursive: true, force: true })
  process.stdout.write(`${passed} passed, ${failures} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`)
  process.exit(failures === 0 && passed > 0 ? 0 : 1)
})

const count = () => {
  if (!existsSync(report)) return { passed: 0, failed: 0, skipped: 0 }
  const result = JSON.parse(readFileSync(report, 'utf8'))
  // A file that could not be loaded has failed without having any test.
  const unloadable = result.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  )
  return {
    passed: result.numPassedTests,
    failed: result.numFailedTests + unloadable.length,
    skipped: result.numPendingTests + (result.numTodoTests ?? 0),
  }
}
