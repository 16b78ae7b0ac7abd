// Which Node.js runs Placet. The machine's own may be older: the npm package `node` (a dev dependency) brings the right one.
// Like everything in this folder, this file must run on any Node.js from 18 on.
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))
export const leastVersion = '24.16.0'
export const bundledNode = join(root, 'node_modules', 'node', 'bin', 'node')

export const isRecent = (version) => {
  const [have, least] = [version, leastVersion].map((text) => text.replace(/^v/, '').split('.').map(Number))
  return have[0] !== least[0] ? have[0] > least[0] : have[1] >= least[1]
}

export const rightNode = () => {
  if (isRecent(process.version)) return process.execPath
  if (existsSync(bundledNode)) return bundledNode
  throw new Error(
    `Placet needs Node.js ${leastVersion} or later; this is ${process.version}. Run: node scripts/bootstrap.mjs`,
  )
}
