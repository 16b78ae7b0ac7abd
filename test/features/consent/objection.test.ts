import { describe, expect, it } from 'vitest'
import type { ConsentEvent } from '../../../src/features/consent/consent-event.ts'
import { decide } from '../../../src/features/consent/decision.ts'
import { act, ana, at, now, query, registry } from './scene.ts'

const toMarketing = (day: string) =>
  act('objected', day, { purpose: 'marketing.*', contactChannel: '*', article: '21(2)' })
const answer = (events: readonly ConsentEvent[], asked = query()) =>
  decide(asked, ana({}, events), registry, now)

describe('An objection to all marketing', () => {
  it('ends a consent given before it, and at the same instant, and nobody is asked again', () => {
    const objected = toMarketing('2026-03-01')
    for (const day of ['2026-01-01', '2026-03-01']) {
      expect(answer([act('given', day), objected])).toMatchObject({
        reason: 'OBJECTED',
        ask: false,
        evidence: [{ kind: 'consent-event', ref: objected.id }],
      })
    }
  })

  it('stands against the bare lack of a consent, so that nobody who objected is asked', () => {
    const call = query({ contactChannel: 'phone_auto', attribute: 'phone' })
    expect(answer([toMarketing('2026-03-01')], call)).toMatchObject({ reason: 'OBJECTED', ask: false })
  })

  it('yields to a later yes for that very purpose and channel, and there alone', () => {
    const events = [toMarketing('2026-03-01'), act('given', '2026-10-01')]
    expect(answer(events).decision).toBe('PERMIT')
    expect(answer(events, query({ contactChannel: 'sms', attribute: 'phone' })).reason).toBe('OBJECTED')
  })

  it('does not yield to a yes to everything', () => {
    const sweeping = act('given', '2026-10-01', { purpose: 'marketing.*', contactChannel: '*' })
    expect(answer([toMarketing('2026-03-01'), sweeping]).reason).toBe('OBJECTED')
    expect(answer([toMarketing('2026-03-01'), act('given', '2026-09-01'), sweeping]).decision).toBe('PERMIT')
  })

  it('cannot be overridden by the controller (Art. 21(3))', () => {
    const overridden = act('objection_overridden', '2026-10-05', {
      by: 'controller',
      purpose: 'marketing.*',
      contactChannel: '*',
    })
    expect(answer([toMarketing('2026-10-01'), overridden]).reason).toBe('OBJECTED')
  })
})

describe('An objection to fraud screening', () => {
  const fraud = query({
    system: 'house',
    purpose: 'fraud.prevention',
    contactChannel: 'none',
    attribute: 'device_id',
  })
  const scope = { purpose: 'fraud.prevention', contactChannel: '*' } as const
  const objected = (day: string) => act('objected', day, { ...scope, article: '21(1)' })
  const overridden = (day: string) => act('objection_overridden', day, { ...scope, by: 'controller' })

  it('stops it until compelling grounds are on record', () => {
    expect(answer([objected('2026-11-10')], fraud).reason).toBe('OBJECTED')
    expect(answer([objected('2026-11-10'), overridden('2026-11-12')], fraud)).toMatchObject({
      decision: 'PERMIT',
      basis: 'legitimate_interest',
    })
  })

  it('stands again when it is made again, and at the instant of the override', () => {
    expect(
      answer([objected('2026-11-10'), overridden('2026-11-12'), objected('2026-11-14')], fraud).reason,
    ).toBe('OBJECTED')
    expect(answer([objected('2026-11-12'), overridden('2026-11-12')], fraud).reason).toBe('OBJECTED')
  })

  it('is no objection with another controller', () => {
    const elsewhere = { ...objected('2026-11-10'), controller: 'hogar' }
    expect(answer([elsewhere], fraud).decision).toBe('PERMIT')
  })

  it('does not stop a contract being performed', () => {
    const order = query({
      system: 'house',
      purpose: 'order.fulfilment',
      contactChannel: 'none',
      attribute: 'name',
    })
    const facts = ana({ contracts: [{ controller: 'moda', at: at('2026-11-20T00:00:00Z') }] }, [
      act('objected', '2026-11-21', { purpose: '*', contactChannel: '*' }),
    ])
    expect(decide(order, facts, registry, now).reason).toBe('CONTRACT')
  })
})
