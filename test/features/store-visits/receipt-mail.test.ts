import { describe, expect, it } from 'vitest'
import { readReceipt } from '../../../src/features/store-visits/index.ts'

/* What is typed at a till ends in somebody's mail, so only what a receipt has may stand there. */
const typed = { email: 'ana@correo.example', reference: 'T3-004512', total: '24,90 €' }
const wrong = (change: Partial<typeof typed>) => {
  const read = readReceipt({ ...typed, ...change })
  return 'issues' in read ? read.issues.map(({ field, code }) => `${field} ${code}`) : []
}

describe('A receipt', () => {
  it('is taken as the till has it', () => {
    expect(readReceipt(typed)).toEqual({
      to: 'ana@correo.example',
      reference: 'T3-004512',
      total: '24,90 €',
    })
    for (const total of ['0,50', '1.249,00 €', '1 249,00', '7', '12.00 EUR'])
      expect(wrong({ total })).toEqual([])
    for (const reference of ['1', 'A/2026/77', 'Caja 4 0098', 'Ñ-1']) expect(wrong({ reference })).toEqual([])
  })

  it.each([
    [{ email: '' }, 'email email-required'],
    [{ email: 'ana@' }, 'email email-invalid'],
    [{ reference: '' }, 'reference receipt-reference-invalid'],
    [{ reference: 'oferta.example' }, 'reference receipt-reference-invalid'],
    [{ reference: 'https://premio' }, 'reference receipt-reference-invalid'],
    [{ reference: 'T3\nSubject: hola' }, 'reference receipt-reference-invalid'],
    [{ reference: 'x'.repeat(41) }, 'reference receipt-reference-invalid'],
    [{ total: '' }, 'total receipt-total-invalid'],
    [{ total: '50 % de descuento' }, 'total receipt-total-invalid'],
    [{ total: '-3,00' }, 'total receipt-total-invalid'],
  ])('with %o is sent back: %s', (change, issue) => {
    expect(wrong(change)).toContain(issue)
  })
})
