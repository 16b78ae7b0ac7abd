import { load } from 'cheerio'
import { describe, expect, test } from 'vitest'
import { pageRenderer } from '../../src/channels/page-renderer.ts'
import { ProblemView } from '../../views/errors/problem.tsx'

const renderer = pageRenderer({ id: 'norte', name: 'Tienda Norte' })
const asked = (url: string, { cookie = '', accept = '' } = {}) => ({
  csrf: 'token',
  url,
  path: url.split('?')[0] ?? '',
  cookie: (name: string) => (name === 'placet_language' && cookie !== '' ? cookie : undefined),
  header: (name: string) => (name === 'accept-language' && accept !== '' ? accept : undefined),
})
const show = (url: string, more: { cookie?: string; accept?: string } = {}, extras = {}) => {
  const answer = renderer.show(
    asked(url, more),
    ProblemView,
    { kind: 'not-found', reference: '7F3K-92QD' },
    extras,
  )
  if (answer.kind !== 'html') throw new Error('a page is HTML')
  const $ = load(answer.html)
  return {
    status: answer.status,
    cookies: answer.cookies,
    language: $('html').attr('lang'),
    links: $('a[hreflang]')
      .toArray()
      .map((link) => $(link).attr('href') ?? ''),
  }
}

describe('the language of a page', () => {
  test('is the one asked for, else the one chosen before, else the application’s, else the browser’s, else Spanish', () => {
    const languageOf = (url: string, more = {}, uiLocales?: string) =>
      renderer.languageOf(asked(url, more), uiLocales)
    expect(languageOf('/?lang=en', { cookie: 'es' }, 'es')).toBe('en')
    expect(languageOf('/', { cookie: 'en' }, 'es')).toBe('en')
    expect(languageOf('/', { accept: 'es' }, 'en')).toBe('en')
    expect(languageOf('/', { accept: 'en-GB,en;q=0.8' })).toBe('en')
    expect(languageOf('/', { accept: 'fr' })).toBe('es')
    expect(languageOf('/?lang=klingon', { accept: 'en' })).toBe('en')
  })

  test('is remembered when it was asked for, and only then', () => {
    expect(show('/?lang=en').cookies).toEqual([
      { name: 'placet_language', value: 'en', maxAgeSeconds: 31_536_000 },
    ])
    expect(show('/', { accept: 'en' }).cookies).toEqual([])
    expect(show('/?lang=%0d%0aSet-Cookie').cookies).toEqual([])
  })

  test('is changed by a link to the same address that loses nothing', () => {
    const { links } = show('/privacy?a=1&lang=es', { accept: 'en' })
    expect(links).not.toEqual([])
    for (const link of links) {
      expect(link).toMatch(/^\/privacy\?a=1&lang=(es|en)$/)
    }
  })

  test.each(['//evil.example/', '/a/..//evil.example', '//[', 'http://evil.example/', '/\\evil.example'])(
    'never turns %s into a link that leads there (R113)',
    (url) => {
      const { links } = show(url)
      expect(links).not.toEqual([])
      for (const link of links) expect(link).toMatch(/^\/\?lang=(es|en)$/)
    },
  )
})

test('a page with something to mend is 422, unless said otherwise', () => {
  const wrong = { fieldErrors: [{ field: 'email', code: 'email-invalid' }] }
  expect(show('/').status).toBe(200)
  expect(show('/', {}, wrong).status).toBe(422)
  expect(show('/', {}, { formError: { code: 'unexpected' } }).status).toBe(422)
  expect(show('/', {}, { ...wrong, status: 429 }).status).toBe(429)
})
