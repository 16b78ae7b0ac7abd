import { describe, expect, it } from 'vitest'
import { en } from '../../views/locales/en.ts'
import { es } from '../../views/locales/es.ts'
import { hasMessage, listOf, negotiateLanguage, translator } from '../../views/locales/translator.ts'

const catalogues = Object.entries({ es, en })
const placeholders = (message: string) =>
  [...new Set([...message.matchAll(/\{(\w+)[,}]/g)].map((found) => found[1]))].sort()

describe('The words of the screens', () => {
  it('exist in Spanish and English, key by key, with the same values to fill in', () => {
    expect(Object.keys(en).sort()).toEqual(Object.keys(es).sort())
    const differing = Object.entries(es).filter(
      ([key, message]) => hasMessage(key) && String(placeholders(en[key])) !== String(placeholders(message)),
    )
    expect(differing).toEqual([])
  })

  it('count in Spanish with the category `many`, which is real from a million on', () => {
    const plurals = Object.entries(es).filter(([, message]) => message.includes(', plural,'))
    expect(plurals.length).toBeGreaterThan(5)
    for (const [key, message] of plurals) {
      const forms = message.split(', plural,').length - 1
      expect(message.split('many {').length - 1, key).toBe(forms)
    }
    expect(translator('es')('overview.yourDataState', { count: 1_000_000 })).toMatch(
      /^Guardamos 1\D?000\D?000 de datos\.$/,
    )
    expect(translator('es')('overview.yourDataState', { count: 1 })).toBe('Guardamos 1 dato.')
  })

  it.each(catalogues)('do not shout, blame or empty-talk in %s', (_, catalogue) => {
    for (const [key, message] of Object.entries(catalogue)) {
      expect(message, key).not.toMatch(/[!¡]|\b(oops|ups|OK|inválid[oa]|incorrect[oa]|Enviar)\b/)
      expect(message, key).not.toMatch(/mejorar tu experiencia|improve your experience/)
      expect(message.trim(), key).toBe(message)
    }
  })

  it.each(catalogues)('keep every sentence within 25 words in %s', (_, catalogue) => {
    for (const [key, message] of Object.entries(catalogue)) {
      const plain = message.replace(/\{[^{}]*\{.*\}\s*\}/g, 'x').replace(/\{[^}]*\}/g, 'x')
      for (const sentence of plain.split(/[.:?](?:\s|$)/)) {
        expect(sentence.split(/\s+/).length, `${key}: ${sentence}`).toBeLessThanOrEqual(25)
      }
    }
  })

  it('say passkey the first time the Spanish screens mention one', () => {
    for (const key of [
      'identify.usePasskey',
      'createPasskey.lead',
      'staffSignIn.lead',
      'security.passkeys',
    ] as const) {
      expect(es[key]).toMatch(/llaves? de acceso \(passkeys?\)/i)
    }
  })

  it('spell dates out, in the time of Madrid', () => {
    const at = new Date('2026-11-22T23:30:00.000Z')
    expect(translator('es')('page.day', { at })).toBe('23 de noviembre de 2026')
    // A controller in the Canaries is still in the day before at that hour.
    expect(translator('es', 'Atlantic/Canary')('page.day', { at })).toBe('22 de noviembre de 2026')
    expect(translator('en')('page.day', { at })).toBe('23 November 2026')
    expect(listOf('es', ['España', 'Irlanda'])).toBe('España e Irlanda')
  })
})

describe('Choosing a language', () => {
  it.each([
    [['en'], 'en'],
    [['ca es', 'en'], 'es'],
    [[undefined, undefined, 'en-GB,en;q=0.9,es;q=0.8'], 'en'],
    [[undefined, 'es', 'en-GB'], 'es'],
    [['fr de', undefined, 'en;q=0.5'], 'en'],
    [['es-MX'], 'es'],
    [['de'], 'es'],
    [['en;q=0'], 'es'],
    [['"><script>', '../../etc', ''], 'es'],
    [[], 'es'],
  ] as const)('takes the first wish it can serve: %j gives %s', (wishes, language) => {
    expect(negotiateLanguage(...wishes)).toBe(language)
  })

  it('ranks the languages of one wish by their weight', () => {
    expect(negotiateLanguage('es;q=0.3, en;q=0.9')).toBe('en')
  })
})
