// Holds the dependency rules of .dependency-cruiser.cjs against the tree, and makes sure there was a tree to look at:
//   node scripts/cruise.mjs [root] [--least N]
// Prints one line per violation (`rule: from → to`) and the number of modules seen.
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { cruise } from 'dependency-cruiser'
import { root } from './right-node.mjs'

// With TypeScript 7 and no other parser, dependency-cruiser reports success having seen no module at all. Raise this as the
// tree grows; it should stay a little below the real number.
const leastModules = 700

const args = process.argv.slice(2)
const leastAt = args.indexOf('--least')
const least = leastAt < 0 ? leastModules : Number(args.splice(leastAt, 2)[1])
const tree = resolve(args[0] ?? root)
const { forbidden, options } = createRequire(import.meta.url)('../.dependency-cruiser.cjs')

const folders = ['src', 'views', 'migrations', 'bench', 'demo', 'examples'].filter((name) =>
  existsSync(join(tree, name)),
)
const { output } = await cruise(folders, {
  ...options,
  baseDir: tree,
  ruleSet: { forbidden },
  validate: true,
})

for (const { rule, from, to } of output.summary.violations) console.log(`${rule.name}: ${from} → ${to}`)
const seen = output.modules.filter(({ source }) =>
  folders.some((folder) => source.startsWith(`${folder}/`)),
).length
console.log(`${seen} modules cruised, ${output.summary.violations.length} violations`)
if (seen < least)
  console.log(`too few: at least ${least} were expected, so the tree was not really looked at`)
process.exit(output.summary.violations.length > 0 || seen < least ? 1 : 0)
