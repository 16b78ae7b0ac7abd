import { load } from 'cheerio'
import { HtmlValidate } from 'html-validate'
import { describe, expect, it } from 'vitest'
import { gallery } from '../../views/gallery.ts'
import { hasMessage } from '../../views/locales/translator.ts'

const validator = new HtmlValidate({
  extends: ['html-validate:recommended'],
  rules: {
    // Preact writes void elements and boolean attributes in its own, valid way.
    'void-style': 'off',
    'attribute-boolean-style': 'off',
    'attribute-empty-style': 'off',
    'no-trailing-whitespace': 'off',
    'doctype-style': 'off',
    // A page of several cards has titles longer than 70 characters when brand names are long.
    'long-title': 'off',
    // One name for the several claims that may be ticked.
    'form-dup-name': ['error', { shared: ['radio', 'checkbox', 'button', 'reset', 'submit'] }],
    // Ids are the names of fields, and those of choices have dots.
    'valid-id': ['error', { relaxed: true }],
  },
})

/** A page that waits for somebody else is loaded anew where no script looks for it; it is no timeout for the reader. */
const looksAgain = /<noscript><meta http-equiv="refresh" content="\d+; url=[^"]*"\s*\/?><\/noscript>/

const pages = gallery.flatMap((entry) =>
  entry.states.flatMap((state) =>
    (['es', 'en'] as const).map((language) => ({
      entry,
      state,
      language,
      name: `${entry.id} (${state}, ${language})`,
    })),
  ),
)

describe('Every page in every state and language', () => {
  it('is shown in the gallery, and each page has a default or named states', () => {
    expect(gallery.length).toBeGreaterThanOrEqual(26)
    expect(new Set(gallery.map(({ id }) => id)).size).toBe(gallery.length)
    for (const { states } of gallery) expect(states.length).toBeGreaterThan(0)
  })

  it.each(pages)('is valid HTML: $name', ({ entry, state, language }) => {
    const report = validator.validateStringSync(entry.render(state, language).replace(looksAgain, ''))
    const problems = report.results.flatMap(({ messages }) =>
      messages.map(({ ruleId, message, selector }) => `${ruleId}: ${message} (${selector})`),
    )
    expect(problems).toEqual([])
  })

  it.each(pages)(
    'has one heading of first rank, a title that starts with it or an error, and its language: $name',
    ({ entry, state, language }) => {
      const $ = load(entry.render(state, language))
      expect($('h1')).toHaveLength(1)
      expect($('html').attr('lang')).toBe(language)
      expect($('main')).toHaveLength(1)
      expect($('title').text().startsWith('Error: ')).toBe(entry.isWrong(state))
      expect($('title').text()).toMatch(/ – (Tienda Norte|Casa Lumbre)$/)
    },
  )

  it.each(pages)('leaves no words untranslated: $name', ({ entry, state, language }) => {
    const $ = load(entry.render(state, language))
    // What a person has typed is theirs, and may be anything.
    const words = $('body *:not(textarea)')
      .contents()
      .toArray()
      .flatMap((node) => (node.type === 'text' ? [node.data.trim()] : []))
    expect(words.filter((word) => hasMessage(word))).toEqual([])
    expect(words.join(' ')).not.toMatch(/[{}]|\b(undefined|null|NaN)\b|\[object/)
  })

  it.each(pages)(
    'stands under a policy without inline style or script: $name',
    ({ entry, state, language }) => {
      const $ = load(entry.render(state, language))
      expect($('style, [style], script:not([src])')).toHaveLength(0)
      const handlers = $('*')
        .toArray()
        .flatMap((element) => ('attribs' in element ? Object.keys(element.attribs) : []))
        .filter((name) => name.startsWith('on'))
      expect(handlers).toEqual([])
      const addresses = $('script[src], link[rel=stylesheet], img[src]')
        .toArray()
        .map((element) => $(element).attr('src') ?? $(element).attr('href'))
      for (const address of addresses) expect(address).toMatch(/^\/assets\//)
    },
  )

  it.each(pages)(
    'carries the CSRF token in every form of ours, and in none that leaves the house: $name',
    ({ entry, state, language }) => {
      const $ = load(entry.render(state, language))
      for (const form of $('form').toArray()) {
        expect($(form).attr('method')).toBe('post')
        const leaves = $(form).attr('data-send-on') !== undefined
        expect($(form).find('input[name=_csrf]').attr('value')).toBe(leaves ? undefined : 'example-token')
      }
    },
  )

  it.each(pages)('labels every field a person fills in: $name', ({ entry, state, language }) => {
    const $ = load(entry.render(state, language))
    for (const field of $('input:not([type=hidden]):not([hidden])').toArray()) {
      const id = $(field).attr('id')
      expect(($(`label[for="${id}"]`).text() || $(field).closest('label').text()).trim()).not.toBe('')
      expect($(field).attr('placeholder')).toBeUndefined()
    }
  })

  it.each(pages.filter(({ entry, state }) => entry.isWrong(state)))(
    'says an error in the summary and at the field in the same words: $name',
    ({ entry, state, language }) => {
      const $ = load(entry.render(state, language))
      expect($('#error-summary')).toHaveLength(1)
      for (const link of $('#error-summary a').toArray()) {
        const field = $(link).attr('href')?.slice(1) ?? ''
        expect($(`[id="${field}-error"]`).text()).toBe($(link).text())
        expect($(`[id="${field}"]`)).toHaveLength(1)
      }
    },
  )

  it('loads only those anew that wait for somebody else, and only where no script does it', () => {
    const anew = pages.filter(({ entry, state, language }) => looksAgain.test(entry.render(state, language)))
    expect([...new Set(anew.map(({ entry }) => entry.id))].sort()).toEqual([
      'agent-console/caller',
      'agent-console/waiting',
      'privacy-centre/card',
      'store/home',
    ])
  })

  it('never sends a password or a code back', () => {
    for (const { entry, state, language } of pages) {
      const $ = load(entry.render(state, language))
      expect($('input[type=password][value], input[autocomplete=one-time-code][value]')).toHaveLength(0)
    }
    // All pages in one: a busy machine takes longer than the five seconds of a single one.
  }, 60_000)
})
