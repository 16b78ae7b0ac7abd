import { readdirSync, readFileSync, statSync } from 'node:fs'
import { load } from 'cheerio'
import { describe, expect, it } from 'vitest'
import { gallery } from '../../views/gallery.ts'

const folder = new URL('../../views/assets/', import.meta.url)
const modules = readdirSync(folder).filter((name) => name.endsWith('.js'))
const textOf = (name: string) => readFileSync(new URL(name, folder), 'utf8')

describe('What the browser is sent', () => {
  it('stays within 8 KB of our own modules on every page', () => {
    for (const entry of gallery) {
      for (const state of entry.states) {
        const $ = load(entry.render(state, 'es'))
        const own = $('script[type=module]')
          .toArray()
          .map((element) => $(element).attr('src')?.replace('/assets/', '') ?? '')
        expect(own).toContain('submit-once.js')
        const size = own.reduce((sum, name) => sum + statSync(new URL(name, folder)).size, 0)
        expect(size, `${entry.id} (${state})`).toBeLessThanOrEqual(8192)
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
