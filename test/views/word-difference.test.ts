import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { differenceOf } from '../../views/parts/word-difference.ts'

const words = fc.array(fc.constantFrom('datos', 'correo', 'SMS', 'ofertas', 'no', 'sí'), { maxLength: 12 })
const tidy = (parts: string[]) => parts.join('').trim().split(/\s+/).filter(Boolean).join(' ')

describe('The difference between two texts', () => {
  it('names what was taken out and what was put in', () => {
    expect(differenceOf('Te enviamos ofertas por correo', 'Te enviamos ofertas por SMS')).toEqual([
      { kind: 'same', text: 'Te enviamos ofertas por ' },
      { kind: 'removed', text: 'correo' },
      { kind: 'added', text: 'SMS' },
    ])
  })

  it('tells a word from what stands behind it', () => {
    expect(
      differenceOf('Te enviamos ofertas. Y nada más.', 'Te enviamos ofertas y novedades. Y nada más.'),
    ).toEqual([
      { kind: 'same', text: 'Te enviamos ofertas ' },
      { kind: 'added', text: 'y novedades' },
      { kind: 'same', text: '. Y nada más.' },
    ])
  })

  it('is one piece when nothing changed', () => {
    expect(differenceOf('Igual que antes', 'Igual que antes')).toEqual([
      { kind: 'same', text: 'Igual que antes' },
    ])
  })

  it('gives back both texts, whatever they are', () => {
    fc.assert(
      fc.property(words, words, (before, after) => {
        const parts = differenceOf(before.join(' '), after.join(' '))
        const side = (without: string) =>
          tidy(parts.filter(({ kind }) => kind !== without).map(({ text }) => `${text} `))
        expect(side('added')).toBe(before.join(' '))
        expect(side('removed')).toBe(after.join(' '))
      }),
    )
  })

  it('compares long texts by the sentence, in little time', () => {
    const clauses = Array.from({ length: 400 }, (_, at) => `La cláusula ${at} dice lo suyo con calma.`)
    const before = clauses.join(' ')
    const after = clauses.map((one, at) => (at === 200 ? 'Esta es otra.' : one)).join(' ')
    const started = performance.now()
    expect(differenceOf(before, after).filter(({ kind }) => kind !== 'same')).toEqual([
      { kind: 'removed', text: 'La cláusula 200 dice lo suyo con calma. ' },
      { kind: 'added', text: 'Esta es otra. ' },
    ])
    expect(performance.now() - started).toBeLessThan(2000)
  })
})
