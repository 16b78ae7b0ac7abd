import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { callAssurances } from '../../../src/features/calls/call.ts'
import { agentReference, drawReference } from '../../../src/features/calls/call-reference.ts'
import { blockedFor } from '../../../src/features/calls/caller-standing.ts'
import { fieldNeeds } from '../../../src/features/calls/field-needs.ts'
import { checkedReason, reasonText } from '../../../src/features/calls/given-reason.ts'
import { maskValue } from '../../../src/features/calls/mask-value.ts'
import { isUnusual, leastLookUps } from '../../../src/features/calls/unusual-look-ups.ts'
import { isVerified, reaches, stateNow } from '../../../src/features/calls/verification-rules.ts'
import { systemEntropy } from '../../../src/platform/crypto/index.ts'

describe('The ladder of assurance', () => {
  it('rises from nothing over the number, a code and a call back to the own device', () => {
    expect(callAssurances).toEqual(['none', 'number-match', 'code', 'call-back', 'own-device'])
    expect(reaches('call-back', 'code')).toBe(true)
    expect(reaches('code', 'own-device')).toBe(false)
  })

  it('takes a number that matched for no verification at all', () => {
    expect(isVerified({ assurance: 'number-match' })).toBe(false)
    expect(isVerified({ assurance: 'code' })).toBe(true)
  })

  it('opens ordinary fields with a code, sensitive ones with the own device, and special ones never', () => {
    expect(fieldNeeds({ sensitivity: 'personal' })).toBe('code')
    expect(fieldNeeds({ sensitivity: 'sensitive' })).toBe('own-device')
    expect(fieldNeeds({ sensitivity: 'special' })).toBeUndefined()
  })
})

describe('The reason for opening a record', () => {
  it('is one of the list, and "other" comes with words', () => {
    expect(checkedReason({ code: 'order' })).toEqual({ code: 'order' })
    expect(() => checkedReason({ code: '' })).toThrow('reason-missing')
    expect(() => checkedReason({ code: 'curiosity' })).toThrow('reason-missing')
    expect(() => checkedReason({ code: 'other', words: '  ' })).toThrow('reason-words-missing')
    expect(reasonText(checkedReason({ code: 'other', words: ' Pregunta por un regalo. ' }))).toBe(
      'other: Pregunta por un regalo.',
    )
  })
})

describe('A masked value', () => {
  it('lets Ana be recognised and not be named', () => {
    expect(maskValue('first_name', 'Ana')).toBe('A···')
    expect(maskValue('last_name', 'Ibarra Gómez')).toBe('I··· G···')
    expect(maskValue('email', 'ana@correo.example')).toBe('a•••@c•••.example')
    expect(maskValue('phone', '+34600111222')).toBe('+34 •••••• 22')
  })

  it('says nothing of dates, numbers and answers', () => {
    expect(maskValue('birth_date', '1990-05-01')).toBe('···')
    expect(maskValue('points', 1200)).toBe('···')
    expect(maskValue('member', true)).toBe('···')
  })

  it('never holds more than one letter of a word, whatever the value', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (value) => {
        for (const word of maskValue('note', value).split(' ')) {
          expect([...word.replace('···', '')].length).toBeLessThanOrEqual(1)
        }
      }),
    )
  })
})

describe('What a state of the account closes on the telephone', () => {
  it('is everything for a locked one, and what is shown or asked for where data are restricted', () => {
    const nothing = { locked: false, restricted: false, minor: false }
    expect(blockedFor(nothing)).toEqual([])
    expect(blockedFor({ ...nothing, locked: true })).toEqual(['checks', 'fields', 'choices', 'requests'])
    expect(blockedFor({ ...nothing, restricted: true })).toEqual(['fields', 'choices'])
    expect(blockedFor({ ...nothing, minor: true })).toEqual(['choices'])
  })
})

describe('Look-ups that nobody verifies', () => {
  it('are unusual from forty in a week on, below one verified in ten', () => {
    expect(isUnusual({ lookUps: leastLookUps - 1, verified: 0 })).toBe(false)
    expect(isUnusual({ lookUps: leastLookUps, verified: 3 })).toBe(true)
    expect(isUnusual({ lookUps: leastLookUps, verified: 4 })).toBe(false)
    expect(isUnusual({ lookUps: 300, verified: 100 })).toBe(false)
  })

  it('are never made usual by looking up more', () => {
    fc.assert(
      fc.property(fc.nat(500), fc.nat(50), fc.nat(500), (lookUps, verified, more) => {
        if (isUnusual({ lookUps, verified })) {
          expect(isUnusual({ lookUps: lookUps + more, verified })).toBe(true)
        }
      }),
    )
  })
})

describe('The state of a call', () => {
  const openedAt = new Date('2026-11-22T10:00:00Z')
  const at = (time: string) => new Date(`2026-11-22T${time}Z`)

  it('is over ten hours after it began, whoever forgot to end it', () => {
    expect(stateNow({ state: 'open', openedAt }, at('19:59:59'))).toBe('open')
    expect(stateNow({ state: 'open', openedAt }, at('20:00:00'))).toBe('ended')
  })

  it('is over five minutes after the line was lost', () => {
    const dropped = { state: 'dropped', openedAt, droppedAt: at('10:10:00') } as const
    expect(stateNow(dropped, at('10:14:59'))).toBe('dropped')
    expect(stateNow(dropped, at('10:15:00'))).toBe('ended')
  })
})

describe('What calls and agents are called', () => {
  it('can be read aloud, and fits the words that both screens show (R51)', () => {
    for (let drawn = 0; drawn < 200; drawn += 1) {
      const reference = drawReference(systemEntropy)
      expect(reference).toMatch(/^LL-[2-9A-HJ-NP-Z]{6}$/)
      expect(reference).toMatch(/^[A-Za-z0-9\-._+/!?#]{1,20}$/)
    }
    expect(agentReference('0198b2c4-7a10-7c3e-9a52-3f0c6f2d9b11')).toBe('A-2D9B11')
  })
})
