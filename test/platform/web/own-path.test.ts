import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ownPath } from '../../../src/platform/web/own-path.ts'

const origin = 'https://id.tienda.example'

describe('where a person may be sent back to (R113)', () => {
  test.each([
    ['/', '/'],
    ['/privacy', '/privacy'],
    ['/privacy?lang=es&x=%2F%2Fevil', '/privacy?lang=es&x=%2F%2Fevil'],
    ['/privacy/../staff', '/staff'],
    ['/año?q=ñ', '/a%C3%B1o?q=%C3%B1'],
    ['/a#b', '/a#b'],
  ])('%s leads to %s', (to, path) => {
    expect(ownPath(to)).toBe(path)
  })

  test.each([
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    '/a\r\nSet-Cookie: x=1',
    '/%09/evil.example',
    '/%5Cevil.example',
    '/%2Fevil.example',
    '/%2f%2fevil.example',
    '/..//evil.example',
    '/.//evil.example',
    '/a/..//evil.example',
    'evil.example',
    'https://evil.example/',
    'https:/evil.example',
    'https:evil.example',
    'javascript:alert(1)',
    'data:text/html,x',
    ' /privacy',
    '',
    '?x=1',
    '@evil.example',
    `/${'a'.repeat(3_000)}`,
  ])('%j is refused', (to) => {
    expect(ownPath(to)).toBeUndefined()
    expect(ownPath(to, origin)).toBeUndefined()
  })

  test('an absolute address of our own becomes its path; its look-alikes do not', () => {
    expect(ownPath(`${origin}/auth/abc?x=1`, origin)).toBe('/auth/abc?x=1')
    for (const other of [
      `${origin}.evil.example/`,
      `${origin}@evil.example/`,
      `${origin}:444/`,
      origin.replace('https', 'http'),
      `${origin}//evil.example`,
      `${origin}\\@evil.example/`,
    ]) {
      expect([other, ownPath(other, origin)]).toEqual([other, undefined])
    }
  })

  test('whatever passes stays in the house, however a browser reads it', () => {
    const piece = fc.constantFrom(
      '/',
      '\\',
      '.',
      '..',
      '//',
      '%2f',
      '%5c',
      '%09',
      '\t',
      '\n',
      '@',
      ':',
      '?',
      '#',
      'evil.example',
      'a',
      'http',
      ' ',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const path = ownPath(`/${pieces.join('')}`)
        if (path === undefined) return
        expect(path.startsWith('/') && !path.startsWith('//') && !path.startsWith('/\\')).toBe(true)
        expect(new URL(path, origin).origin).toBe(origin)
        expect(ownPath(path)).toBe(path)
      }),
      { numRuns: 5_000 },
    )
  })
})
