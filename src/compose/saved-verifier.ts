import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { VerifierDeps } from '../channels/verifier/index.ts'

const asset = (file: string) => readFile(new URL(`../../views/assets/${file}`, import.meta.url), 'utf8')
const cspSource = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`

/** Style and script of the verifier as they go into one file: the two modules become one, which imports nothing. */
export async function savedVerifierAssets(): Promise<VerifierDeps['saved']> {
  const [css, check, page] = await Promise.all(
    ['placet.css', 'receipt-check.js', 'verify-receipt.js'].map(asset),
  )
  const script = `${check}\n${page}`.replaceAll(/^export /gm, '').replaceAll(/^import .*$/gm, '')
  return { css: css ?? '', script, hashes: { css: cspSource(css ?? ''), script: cspSource(script) } }
}
