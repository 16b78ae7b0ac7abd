// The demo: everything Placet does, on one machine, with nothing to configure.
import { join } from 'node:path'
import { run } from './run.mjs'

run(join('dist', 'demo', 'main.js'), process.argv.slice(2))
