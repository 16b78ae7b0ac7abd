import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { readEnvironment } from '../../src/platform/config/index.ts'

const unpack = "import it from '@sparticuz/chromium'; it.setGraphicsMode = false; await it.executablePath()"

/**
 * The path of the Chromium that comes with npm, unpacked once for this clone. The package unpacks into the temporary
 * folder, which all users of a machine share: one would find what another left there, and may not run it. So it is given
 * a folder of ours in a process of its own, and that takes its name only when it is complete.
 */
export async function unpackBrowser(): Promise<string> {
  const kept = join(process.cwd(), 'node_modules', '.cache', 'placet-browser')
  const browser = join(kept, 'chromium')
  if (existsSync(browser)) return browser
  await mkdir(dirname(kept), { recursive: true })
  const unpacking = await mkdtemp(`${kept}-`)
  await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', unpack], {
    env: { ...readEnvironment(), TMPDIR: unpacking },
  })
  try {
    await rename(unpacking, kept)
  } catch {
    // Another process was faster; what it unpacked is the same.
    await rm(unpacking, { recursive: true, force: true })
  }
  return browser
}
