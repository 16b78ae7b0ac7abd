import { readdirSync, readFileSync, statSync } from 'node:fs'
import { load } from 'cheerio'
import { describe, expect, it } from 'vitest'
import { gallery } from '../../views/gallery.ts'

const folder = new URL('../../views/assets/', import.meta.url)
const modules = readdirSync(folder).filter((name) => name.endsWith('.js'))
const textOf = (name: string) => readFileSync(new URL(name, folder), 'utf8')

const modulesOf = (html: string): string[] => {
  const $ = load(html)
  return $('script[type=module]')
    .toArray()
    .map((element) => $(element).attr('src')?.replace('/assets/', '') ?? '')
}

/** What a module brings with it. Vendored libraries are not our own, and are looked at below. */
const importsOf = (name: string): string[] =>
  [...textOf(name).matchAll(/^import (?:[^'\n]+ from )?'\.\/([^']+)'/gm)]
    .map(([, imported = '']) => imported)
    .filter((imported) => !imported.startsWith('vendor/'))

/** Bytes of all modules of ours that the page loads, those that its modules import included. */
function weightOf(html: string): number {
  const found = new Set<string>()
  const add = (name: string): void => {
    if (found.has(name)) return
    found.add(name)
    for (const imported of importsOf(name)) add(imported)
  }
  for (const name of modulesOf(html)) add(name)
  expect(found).toContain('submit-once.js')
  return [...found].reduce((sum, name) => sum + statSync(new URL(name, folder)).size, 0)
}

describe('What the browser is sent', () => {
  it('stays within 8 KB of our own modules on every page that opens in a browser of one’s own', () => {
    for (const entry of gallery) {
      if (entry.layout === 'kiosk') continue
      for (const state of entry.states) {
        const size = weightOf(entry.render(state, 'es'))
        // The verifier is a tool that people open to prove a receipt, and weighs what its checks take.
        const most = entry.id.startsWith('verifier/') ? 20_480 : 8_192
        expect(size, `${entry.id} (${state})`).toBeLessThanOrEqual(most)
      }
    }
  })

  it('is next to nothing on the phone that stands in front of a kiosk or confirms a call: it works without script', () => {
    const phones = gallery.filter(({ id }) => /^(kiosk\/phone-|call-approval\/)/.test(id))
    expect(phones).toHaveLength(6)
    for (const entry of phones) {
      for (const state of entry.states) {
        const html = entry.render(state, 'es')
        expect(modulesOf(html), entry.id).toEqual(['error-focus.js', 'submit-once.js'])
        expect(weightOf(html), `${entry.id} (${state})`).toBeLessThanOrEqual(2_048)
      }
    }
  })

  it('stays within 32 KB on a kiosk, whose screen is an application of its own on a machine of the store', () => {
    const screens = gallery.filter(({ layout }) => layout === 'kiosk')
    expect(screens.length).toBeGreaterThan(3)
    for (const entry of screens) {
      for (const state of entry.states) {
        expect(weightOf(entry.render(state, 'es')), `${entry.id} (${state})`).toBeLessThanOrEqual(32_768)
      }
    }
  })

  it('includes the vendored passkey library only where a passkey can be used', () => {
    for (const entry of gallery) {
      const html = entry.render(entry.states[0] ?? '', 'es')
      expect(html.includes('/assets/vendor/'), entry.id).toBe(html.includes('/assets/passkey.js'))
      if (html.includes('data-passkey=')) expect(html).toContain('/assets/passkey.js')
    }
  })

  it.each(modules)('writes no HTML and evaluates nothing, as Trusted Types demand: %s', (name) => {
    expect(textOf(name)).not.toMatch(
      /innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|Function\(/,
    )
    expect(textOf(name)).toMatch(/^\/\/ @ts-check/)
  })

  it('keeps the stylesheet near 20 KB, free of foreign addresses and of !important', () => {
    const css = textOf('placet.css')
    expect(css.replaceAll(/\n\s+/g, '\n').length).toBeLessThanOrEqual(21_500)
    expect(css).not.toMatch(/url\(|@import|!important/)
    for (const wish of [
      'prefers-color-scheme: dark',
      'prefers-reduced-motion',
      'forced-colors',
      '@media print',
    ]) {
      expect(css).toContain(wish)
    }
  })

  it('keeps what only staff see out of the customers’ stylesheet, and small', () => {
    const css = textOf('console.css')
    expect(css.replaceAll(/\n\s+/g, '\n').length).toBeLessThanOrEqual(4_000)
    expect(css).not.toMatch(/url\(|@import|!important/)
    for (const entry of gallery) {
      const html = entry.render(entry.states[0] ?? '', 'es')
      expect(html.includes('/assets/console.css'), entry.id).toBe(entry.layout === 'staff')
    }
  })

  it('starts no passkey form unhidden: the script reveals it where it can work', () => {
    for (const entry of gallery) {
      const $ = load(entry.render(entry.states[0] ?? '', 'es'))
      expect($('form[data-passkey]:not([hidden])')).toHaveLength(0)
      if ($('form[data-passkey]').length > 0) expect($('noscript').text().trim(), entry.id).not.toBe('')
    }
  })
})
