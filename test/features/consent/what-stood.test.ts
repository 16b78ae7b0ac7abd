import { describe, expect, it } from 'vitest'
import { bearsOn, whatStood } from '../../../src/features/consent/what-stood.ts'
import { act, ana, at, registry } from './scene.ts'

const asked = { purpose: 'marketing.direct', contactChannel: 'email' } as const
const endOf = (day: string) => at(`${day}T23:59:59.999Z`)
const yes = act('given', '2026-01-10', { contactPoint: 'ana@old' })
const stood = (events: readonly ReturnType<typeof act>[], day: string) =>
  whatStood(
    events.filter((event) => event.occurredAt <= endOf(day) && bearsOn(event, asked)),
    asked,
    ana({}, events, { contactPoints: { email: 'ana@new' } }),
    registry,
    endOf(day),
  ).map((one) => one.as)

describe('What stood on a day', () => {
  it('is a yes until something bears against it, whatever address is used today', () => {
    expect(stood([yes], '2026-03-03')).toEqual(['yes'])
    expect(stood([yes], '2026-01-09')).toEqual([])
  })

  it('is no yes after an objection to all advertising on every channel', () => {
    const objected = act('objected', '2026-02-01', {
      purpose: 'marketing.*',
      contactChannel: '*',
      article: '21(2)',
    })
    expect(bearsOn(objected, asked)).toBe(true)
    expect(stood([yes, objected], '2026-01-31')).toEqual(['yes'])
    expect(stood([yes, objected], '2026-03-03')).toEqual(['objected'])
    expect(stood([yes, objected, act('given', '2026-02-10')], '2026-03-03')).toEqual(['yes'])
    expect(stood([objected], '2026-03-03')).toEqual(['objected'])
  })

  it('is a no after a withdrawal that came through a list, and waits while the use is restricted', () => {
    const throughList = act('withdrawn', '2026-02-01', { purpose: 'marketing.*', by: 'agent' })
    expect(stood([yes, throughList], '2026-03-03')).toEqual(['no'])
    const set = act('restriction_set', '2026-02-01', {
      purpose: '*',
      contactChannel: '*',
      restrictionScope: ['marketing.*'],
    })
    expect(stood([yes, set], '2026-03-03')).toEqual(['restricted'])
    const elsewhere = { ...set, restrictionScope: ['fraud.prevention'] }
    expect(bearsOn(elsewhere, asked)).toBe(false)
    expect(stood([yes, elsewhere], '2026-03-03')).toEqual(['yes'])
  })

  it('counts what happened by then when it was recorded later, and not what is about another channel', () => {
    const late = act('withdrawn', '2026-03-01', { recordedAt: at('2026-03-10') })
    expect(stood([yes, late], '2026-03-03')).toEqual(['no'])
    expect(bearsOn(act('withdrawn', '2026-03-01', { contactChannel: 'sms' }), asked)).toBe(false)
  })
})
