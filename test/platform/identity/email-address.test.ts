import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  canonicalEmailAddress,
  maskEmailAddress,
  parseEmailAddress,
} from '../../../src/features/identity/email-address.ts'

describe('an e-mail address', () => {
  it.each([
    ['ana@example.es', 'ana@example.es'],
    ['  Ana.Garcia+tienda@EXAMPLE.es ', 'Ana.Garcia+tienda@example.es'],
    ["o'neil@sub.example.co.uk", "o'neil@sub.example.co.uk"],
    ['ana@españa.es', 'ana@xn--espaa-rta.es'],
    ['ana@espan\u0303a.es', 'ana@xn--espaa-rta.es'],
    ['ana@MÜNCHEN.de', 'ana@xn--mnchen-3ya.de'],
    ['ana@xn--mnchen-3ya.de', 'ana@xn--mnchen-3ya.de'],
  ])('typed as %s is kept as %s', (typed, kept) => {
    expect(parseEmailAddress(typed)).toBe(kept)
  })

  it.each([
    'ana',
    '@example.es',
    'ana@',
    'ana@example',
    '"ana"@example.es',
    '"ana@example.es"@evil.com',
    'ana(comment)@example.es',
    'ana@example.es(comment)',
    'Ana <ana@example.es>',
    'ana@example.es, bruno@example.es',
    'ana@example.es;bruno@example.es',
    'friends:ana@example.es;',
    '@a.es,@b.es:ana@example.es',
    'ana@evil.com@example.es',
    'ana@[127.0.0.1]',
    'ana@127.0.0.1',
    'ana@0x7f.1',
    'ana@2130706433',
    'ana@exa%6dple.es',
    'ana@example.es\r\nRCPT TO:<evil@example.es>',
    'ana\u0000@example.es',
    'ana@exam\u0000ple.es',
    'ana\u007f@example.es',
    'an a@example.es',
    'ana@exam ple.es',
    '.ana@example.es',
    'ana.@example.es',
    'a..na@example.es',
    'ana@-example.es',
    'ana@example-.es',
    'ana@example..es',
    'ana@example.es.',
    'ana@exam_ple.es',
    'ana@example.123',
    'aña@example.es',
    'ａｎａ@example.es',
    'ana@example。es',
    'ana\u202e@example.es',
    `${'a'.repeat(65)}@example.es`,
    `ana@${'a'.repeat(64)}.es`,
    `ana@${'a.'.repeat(130)}es`,
    `${'a'.repeat(10_000)}@example.es`,
    '',
  ])('typed as %j is refused (R119)', (typed) => {
    expect(parseEmailAddress(typed)).toBeUndefined()
  })

  it('is one plain addr-spec or nothing, whatever is typed', () => {
    const letters = fc.constantFrom(...'aZ0.@<>(),;:"\\[] \t\r\n\u0000%+-_ñé。'.split(''))
    const typed = fc.oneof(
      fc.string(),
      fc.array(letters, { maxLength: 30 }).map((some) => some.join('')),
    )
    fc.assert(
      fc.property(typed, typed, (local, domain) => {
        const address = parseEmailAddress(`${local}@${domain}.es`)
        if (address === undefined) return
        expect(address).toMatch(/^[!-~]+@[a-z0-9.-]+$/)
        expect(address.split('@')).toHaveLength(2)
        expect(address).not.toMatch(/[<>(),;:"\\[\]\s]/)
        expect(parseEmailAddress(address), 'kept as it is when taken in again').toBe(address)
      }),
      { numRuns: 2000 },
    )
  })

  it('is found again whatever case it is typed in, and stays another than its tags', () => {
    const canonical = (text: string) => canonicalEmailAddress(parseEmailAddress(text)!)
    expect(canonical('Ana@Example.ES')).toBe(canonical('ana@example.es'))
    expect(canonical('ana+tienda@example.es')).not.toBe(canonical('ana@example.es'))
  })

  it('is masked the same way whatever its length', () => {
    expect(maskEmailAddress(parseEmailAddress('ana.garcia@example.es')!)).toBe('a•••@e•••.es')
    expect(maskEmailAddress(parseEmailAddress('a@b.es')!)).toBe('a•••@b•••.es')
  })
})
