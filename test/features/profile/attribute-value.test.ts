import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Attribute,
  readTypedValue,
  type ValueSchema,
  wordsIn,
} from '../../../src/features/profile/index.ts'

const attribute = (valueSchema: ValueSchema): Attribute => ({
  attributeId: 'any',
  claim: 'any',
  valueSchema,
  labels: { es: 'Algo' },
  reasons: {},
  sensitivity: 'personal',
  retention: 'account',
  position: 1,
})

describe('what a person typed for an attribute', () => {
  it.each([
    [{ type: 'string' }, '  Ana   ', 'Ana'],
    [{ type: 'string', format: 'date' }, '1988-03-27', '1988-03-27'],
    [{ type: 'string', format: 'postal-code-es' }, '28013', '28013'],
    [{ type: 'string', format: 'phone' }, '612 345 678', '612 345 678'],
    [{ type: 'integer', minimum: 0, maximum: 10 }, '7', 7],
    [{ type: 'number' }, '3,5', 3.5],
    [{ type: 'boolean' }, 'true', true],
    [{ type: 'string', enum: ['S', 'M'] }, 'M', 'M'],
  ] as const)('is taken in where %o allows %s', (schema, typed, value) => {
    expect(readTypedValue(attribute(schema as ValueSchema), typed)).toEqual({ value })
  })

  it.each([
    [{ type: 'string', format: 'date' }, '2026-02-30', 'date-invalid'],
    [{ type: 'string', format: 'postal-code-es' }, '53001', 'postal-code-invalid'],
    [{ type: 'string', format: 'phone' }, 'llámame', 'phone-invalid'],
    [{ type: 'string', maxLength: 3 }, 'Anna', 'value-too-long'],
    [{ type: 'string' }, 'x'.repeat(201), 'value-too-long'],
    [{ type: 'string' }, 'a\u0000b', 'value-invalid'],
    [{ type: 'string' }, 'a\r\nBcc: b', 'value-invalid'],
    [{ type: 'integer', maximum: 10 }, '11', 'value-invalid'],
    [{ type: 'integer' }, '1e999', 'value-invalid'],
    [{ type: 'boolean' }, 'quizá', 'value-invalid'],
    [{ type: 'string', enum: ['S', 'M'] }, 'L', 'value-invalid'],
  ] as const)('is refused where %o does not allow %s', (schema, typed, issue) => {
    expect(readTypedValue(attribute(schema as ValueSchema), typed)).toEqual({ issue })
  })

  it('is no value when it is blank', () => {
    expect(readTypedValue(attribute({ type: 'string', minLength: 2 }), '  ')).toEqual({ value: undefined })
  })

  it('never comes out longer than the schema says, nor with a control character', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 60 }),
        fc.integer({ min: 1, max: 40 }),
        (typed, maxLength) => {
          const { value } = readTypedValue(attribute({ type: 'string', maxLength }), typed)
          if (typeof value !== 'string') return
          expect([...value].length).toBeLessThanOrEqual(maxLength)
          expect([...value].some((one) => one < ' ' || one === '\u007f')).toBe(false)
        },
      ),
    )
  })
})

describe('words of the catalogue', () => {
  it('are in the language of the reader, else in Spanish, else whatever there is', () => {
    expect(wordsIn({ es: 'Nombre', en: 'First name' }, 'en')).toBe('First name')
    expect(wordsIn({ es: 'Nombre' }, 'en')).toBe('Nombre')
    expect(wordsIn({ ca: 'Nom' }, 'en')).toBe('Nom')
    expect(wordsIn({}, 'en')).toBeUndefined()
  })
})
