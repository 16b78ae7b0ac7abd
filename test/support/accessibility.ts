import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { RunOptions } from 'axe-core'
import type { Page } from 'playwright-core'

const axeSource = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

const levels = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/**
 * What axe finds wrong with a page as it stands, one line each: by all rules of WCAG 2.2 AA, or by one rule alone. It is put
 * into a page once and told to describe violations only, which takes a third of the time.
 */
export async function problemsOn(page: Page, only?: string): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(await axeSource)
  const options: RunOptions = {
    resultTypes: ['violations'],
    runOnly: only === undefined ? { type: 'tag', values: levels } : { type: 'rule', values: [only] },
  }
  const violations = await page.evaluate(async (asked) => {
    const { axe } = globalThis as unknown as { axe: typeof import('axe-core') }
    return (await axe.run(document, asked)).violations.map(({ id, nodes }) => ({
      id,
      nodes: nodes.map(({ target, failureSummary }) => `${target}: ${failureSummary}`),
    }))
  }, options)
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id} ${node}`))
}
