import { load } from 'cheerio'
import { describe, expect, it } from 'vitest'
import { gallery } from '../../views/gallery.ts'

/** The words of a page in one state, without its form: what the browser module may say stands there as data. */
function shown(id: string, state: string, language: 'es' | 'en') {
  const entry = gallery.find((candidate) => candidate.id === id)
  if (!entry) throw new Error(`no page ${id}`)
  const $ = load(entry.render(state, language))
  $('form').remove()
  return $('main').text().replaceAll(/\s+/g, ' ')
}

const languages = [
  { language: 'es', claimed: /sistema.*sin prueba/i, yes: /Dijo que sí|Dijiste que sí:/ },
  { language: 'en', claimed: /claimed by a system, without proof/i, yes: /Said yes|You said yes:/ },
] as const

describe.each(languages)('A yes that was only claimed, in $language', ({ language, claimed, yes }) => {
  it.each([
    ['verifier/verify', 'a yes that was only claimed'],
    ['staff/proof', 'a yes that was only claimed'],
    ['privacy-centre/history', 'a yes that was only claimed'],
    ['privacy-centre/receipt', 'a yes that was only claimed'],
  ])('is told as the claim it is, never as a yes, on %s', (id, state) => {
    const said = shown(id, state, language)
    expect(said).toMatch(claimed)
    expect(said).not.toMatch(yes)
  })

  it('stands on the verifier with its purpose, its way, its brand and what it counts as', () => {
    const said = shown('verifier/verify', 'a yes that was only claimed', language)
    for (const word of ['marketing.direct', 'tienda-norte', 'ConsentUnknown']) expect(said).toContain(word)
  })
})
