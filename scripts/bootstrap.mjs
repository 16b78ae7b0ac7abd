// Makes a fresh clone ready: installs what package-lock.json lists, and makes sure the right Node.js is there.
// Runs before every npm script, on whatever Node.js (18 or later) the machine has; when nothing is to do it takes 0.1 s.
// All output goes to stderr, so that the script that follows owns stdout.
//
//   node scripts/bootstrap.mjs                everything, for development, tests and the demo
//   node scripts/bootstrap.mjs --production   what the server needs to run; nothing when that is there already
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { bundledNode, isRecent, leastVersion, root } from './right-node.mjs'

const production = process.argv.includes('--production')
const modules = join(root, 'node_modules')

const say = (line) => process.stderr.write(`${line}\n`)

const run = (command, args, options = {}) =>
  spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2], ...options }).status === 0

const npm = (...args) => {
  // Under `npm run`, the very same npm; on Windows `npm` is a script and needs a shell.
  const entry = process.env.npm_execpath
  return entry?.endsWith('.js')
    ? run(process.execPath, [entry, ...args])
    : run('npm', args, { shell: process.platform === 'win32' })
}

const fail = (line) => {
  say(line)
  process.exit(1)
}

const packagesIn = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : {})

// npm notes what it installed in node_modules/.package-lock.json. Optional packages may be missing there: most of them are
// binaries for other machines.
const isInstalled = (withDev) => {
  const installed = packagesIn(join(modules, '.package-lock.json'))
  const wanted = packagesIn(join(root, 'package-lock.json'))
  return Object.entries(wanted).every(
    ([path, entry]) =>
      path === '' ||
      entry.optional ||
      entry.devOptional ||
      (entry.dev && !withDev) ||
      installed[path]?.version === entry.version,
  )
}

// With NODE_ENV=production npm would leave out what building needs; the included win over that. Warnings are about the old
// Node.js we are about to replace.
const everything = ['--include=dev', '--include=optional']

// `npm ci` insists that the registry knows every optional package for every platform, which some mirrors do not;
// `npm install` takes the same versions from the lockfile without that.
const install = (...wanted) => {
  say('Installing dependencies…')
  if (npm('ci', '--loglevel=error', ...wanted)) return
  say('npm ci failed; trying npm install with the same lockfile…')
  if (!npm('install', '--no-save', '--loglevel=error', ...wanted))
    fail('The dependencies could not be installed: see what npm says above.')
}

const bundledVersion = () => {
  const answer = existsSync(bundledNode)
    ? spawnSync(bundledNode, ['--version'], { encoding: 'utf8' }).stdout
    : ''
  return (answer ?? '').trim()
}

// The `node` package fetches its binary in an install script. Where those are switched off we run that script ourselves, and
// make the link in .bin that npm could not make.
const ensureBundledNode = () => {
  const link = join(modules, '.bin', 'node')
  if (!isRecent(bundledVersion() || '0.0')) {
    say('Fetching Node.js 24…')
    const env = Object.fromEntries(
      Object.entries(process.env).filter(([name]) => !/^npm_config_ignore_scripts$/i.test(name)),
    )
    const home = dirname(dirname(bundledNode))
    // We may be running on the very file npm has just removed.
    const node = existsSync(process.execPath) ? process.execPath : 'node'
    run(node, ['installArchSpecificPackage.js'], { cwd: home, env })
  }
  if (!existsSync(link) && existsSync(bundledNode)) {
    rmSync(link, { force: true })
    symlinkSync(join('..', 'node', 'bin', 'node'), link)
  }
  const version = bundledVersion()
  if (isRecent(version || '0.0')) return
  if (isRecent(process.version))
    return say(`The bundled Node.js is missing; going on with ${process.version}.`)
  fail(
    `Placet needs Node.js ${leastVersion} or later, and could not fetch it (${version || 'nothing'} found).`,
  )
}

const build = () => {
  if (!run(process.execPath, [join('scripts', 'build.mjs')])) fail('The build failed.')
}

if (!production) {
  if (!isInstalled(true)) install(...everything)
  ensureBundledNode()
} else {
  const isBuilt = existsSync(join(root, 'dist', 'src', 'main.js'))
  // Without dist/ the compiler is needed too, and with it comes the right Node.js.
  if (!isBuilt) {
    if (!isInstalled(true)) install(...everything)
    ensureBundledNode()
    build()
  } else if (!isInstalled(false)) {
    install('--omit=dev')
  }
  if (!isRecent(process.version) && !isRecent(bundledVersion() || '0.0')) {
    fail(
      `Placet needs Node.js ${leastVersion} or later; this is ${process.version}. ` +
        'Install it (https://nodejs.org), or run: node scripts/bootstrap.mjs, which brings its own.',
    )
  }
}
