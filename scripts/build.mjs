// Compiles to dist/ and copies what the compiler leaves behind. Does nothing, in about 50 ms, when no source has changed.
// Everything it says goes to stderr.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rightNode, root } from './right-node.mjs'

const dist = join(root, 'dist')
const stamp = join(dist, '.built')
// The folders tsconfig.build.json includes.
const folders = JSON.parse(readFileSync(join(root, 'tsconfig.build.json'), 'utf8')).include
const settings = ['tsconfig.json', 'tsconfig.build.json', 'package-lock.json', 'scripts/build.mjs']

const filesBelow = (folder) =>
  existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
        const path = join(folder, entry.name)
        return entry.isDirectory() ? filesBelow(path) : [path]
      })
    : []

const sources = () =>
  folders
    .flatMap((folder) => filesBelow(join(root, folder)))
    .map((path) => relative(root, path))
    .sort()

// Names, sizes and times: removing a file changes it too, which comparing times alone would miss.
const fingerprint = (paths) => {
  const hash = createHash('sha256')
  for (const path of [...paths, ...settings]) {
    const { size, mtimeMs } = statSync(join(root, path))
    hash.update(`${path} ${size} ${mtimeMs}\n`)
  }
  return hash.digest('hex')
}

const isAsset = (path) => path.startsWith(join('views', 'assets'))
const isCompiled = (path) => /\.tsx?$/.test(path) && !isAsset(path)
const isData = (path) => !isCompiled(path) && !path.endsWith('.md')
const outputOf = (path) => (isCompiled(path) ? path.replace(/\.tsx?$/, '.js') : path)

const isComplete = (paths) =>
  paths.every(
    (path) => path.endsWith('.d.ts') || path.endsWith('.md') || existsSync(join(dist, outputOf(path))),
  )

const compile = () => {
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
  return (
    spawnSync(rightNode(), [compiler, '-p', 'tsconfig.build.json'], { cwd: root, stdio: ['ignore', 2, 2] })
      .status === 0
  )
}

const copyData = (paths) => {
  for (const path of paths.filter(isData)) {
    const target = join(dist, path)
    mkdirSync(dirname(target), { recursive: true })
    copyFileSync(join(root, path), target)
  }
}

// A removed migration or connector must not live on in dist/, where it would still be found and run.
const dropLeftovers = (paths) => {
  const wanted = new Set(paths.map(outputOf))
  for (const folder of folders) {
    for (const file of filesBelow(join(dist, folder))) {
      if (!wanted.has(relative(dist, file))) rmSync(file)
    }
  }
}

/** True when dist/ is up to date afterwards. */
export const build = () => {
  const paths = sources()
  const print = fingerprint(paths)
  const complete = existsSync(stamp) && isComplete(paths)
  if (complete && readFileSync(stamp, 'utf8') === print) return true
  const started = performance.now()
  // The compiler writes only what it believes to have changed: with outputs missing it must not believe anything.
  if (!complete) rmSync(join(dist, '.tsbuildinfo'), { force: true })
  rmSync(stamp, { force: true })
  if (!compile()) return false
  copyData(paths)
  dropLeftovers(paths)
  writeFileSync(stamp, print)
  process.stderr.write(`Built in ${((performance.now() - started) / 1000).toFixed(1)} s\n`)
  return true
}

if (process.argv[1] === fileURLToPath(import.meta.url) && !build()) process.exit(1)
