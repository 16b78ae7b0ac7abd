import { describe, expect, test } from 'vitest'
import {
  type ConsentEvent,
  decidableObjections,
  type Facts,
  foreseeEffect,
  objectionsOf,
  type PublishedRegistry,
  withEvent,
} from '../../../src/features/consent/index.ts'

const event = (id: string, more: Partial<ConsentEvent>): ConsentEvent => ({
  id,
  type: 'objected',
  controller: 'norte',
  brand: '*',
  purpose: 'security.fraud',
  contactChannel: '*',
  by: 'subject',
  occurredAt: 1,
  ...more,
})
const factsWith = (...events: readonly ConsentEvent[]): Facts => ({
  subject: { state: 'active', contracts: [], purchases: [], restrictions: [] },
  events,
  suppression: { internal: [], listings: [] },
})
const purposes = new Map([
  ['marketing.direct', { id: 'marketing.direct', class: 'marketing' }],
  ['security.fraud', { id: 'security.fraud', class: 'security' }],
])
const registry = {
  purposes,
  brands: new Map(),
  active: new Map(),
} as unknown as PublishedRegistry

describe('The objections of a person', () => {
  test('are told once for each purpose, by the last one, newest first', () => {
    const found = objectionsOf(
      factsWith(
        event('a', { occurredAt: 1 }),
        event('b', { occurredAt: 5 }),
        event('c', { purpose: 'analytics.web', occurredAt: 3 }),
      ),
      registry,
    )
    expect(found.map(({ purpose, at }) => [purpose, at])).toEqual([
      ['security.fraud', 5],
      ['analytics.web', 3],
    ])
  })

  test('to advertising are absolute, whatever was decided about them (Art. 21(3))', () => {
    const decision = { type: 'objection_overridden', by: 'controller', occurredAt: 9 } as const
    const [all, one] = objectionsOf(
      factsWith(
        event('a', { purpose: 'marketing.*', article: '21(2)', occurredAt: 3 }),
        event('b', { purpose: 'marketing.direct', occurredAt: 2 }),
        event('c', { ...decision, purpose: 'marketing.direct' }),
      ),
      registry,
    )
    expect(all).toMatchObject({ absolute: true, overriddenAt: undefined })
    expect(one).toMatchObject({ absolute: true, overriddenAt: undefined })
  })

  test('of the other kind are overridden by a later decision, and stand again after a newer objection', () => {
    const overridden = event('b', { type: 'objection_overridden', by: 'controller', occurredAt: 4 })
    expect(objectionsOf(factsWith(event('a', {}), overridden), registry)).toMatchObject([{ overriddenAt: 4 }])
    const again = event('c', { occurredAt: 6 })
    expect(objectionsOf(factsWith(event('a', {}), overridden, again), registry)).toMatchObject([
      { at: 6, overriddenAt: undefined },
    ])
  })
})

describe('An objection to one brand, controller or contact channel', () => {
  const active = new Map([
    ['security.fraud', { purpose: 'security.fraud', contactChannels: ['email', 'sms'] }],
    ['security.audit', { purpose: 'security.audit', contactChannels: [] }],
    ['marketing.direct', { purpose: 'marketing.direct', contactChannels: ['email'] }],
  ])
  const two = {
    purposes: new Map([...purposes, ['security.audit', { id: 'security.audit', class: 'security' }]]),
    active,
    brands: new Map([
      ['norte', { controller: 'norte' }],
      ['sur', { controller: 'norte' }],
      ['ajena', { controller: 'otra' }],
    ]),
  } as unknown as PublishedRegistry
  const here = { controller: 'norte', brand: 'norte' }
  const decision = { type: 'objection_overridden', by: 'controller', occurredAt: 4 } as const
  const weighable = (...events: readonly ConsentEvent[]) =>
    decidableObjections(here, factsWith(...events), two, 9).map(({ purpose }) => purpose)

  test('is weighed there and nowhere else', () => {
    expect(weighable(event('a', { brand: 'sur' }))).toEqual([])
    expect(weighable(event('a', { controller: 'otra' }))).toEqual([])
    expect(weighable(event('a', { brand: 'norte', contactChannel: 'sms' }))).toEqual(['security.fraud'])
    expect(weighable(event('a', { purpose: 'marketing.direct' }))).toEqual([])
  })

  test('is not ended by what was decided for another', () => {
    const other = event('a', { brand: 'sur' })
    const found = (...events: readonly ConsentEvent[]) => objectionsOf(factsWith(...events), two)
    expect(found(other, event('b', { ...decision, brand: 'norte' }))[0]?.overriddenAt).toBeUndefined()
    expect(found(other, event('b', { ...decision, controller: 'otra' }))[0]?.overriddenAt).toBeUndefined()
    expect(found(other, event('b', { ...decision, brand: 'sur' }))[0]?.overriddenAt).toBe(4)
    // To all brands, it is decided once each of them is.
    const all = [event('a', {}), event('b', { ...decision, brand: 'norte' })]
    expect(found(...all)[0]?.overriddenAt).toBeUndefined()
    expect(found(...all, event('c', { ...decision, brand: 'sur', occurredAt: 5 }))[0]?.overriddenAt).toBe(5)
  })

  test('to a family is weighed purpose by purpose, and is decided when all of them are', () => {
    const family = event('a', { purpose: 'security.*', brand: 'norte' })
    expect(weighable(family)).toEqual(['security.fraud', 'security.audit'])
    const one = event('b', { ...decision, purpose: 'security.fraud', brand: 'norte' })
    expect(weighable(family, one)).toEqual(['security.audit'])
    expect(objectionsOf(factsWith(family, one), two)).toMatchObject([{ overriddenAt: undefined }])
    const rest = event('c', { ...decision, purpose: 'security.audit', brand: 'norte', occurredAt: 6 })
    expect(weighable(family, one, rest)).toEqual([])
    expect(objectionsOf(factsWith(family, one, rest), two)).toMatchObject([{ overriddenAt: 6 }])
  })
})

test('what would be is derived from the very events, and the facts there are stay as they are', () => {
  const before = factsWith()
  const after = withEvent(
    before,
    {
      type: 'restriction_set',
      controller: 'norte',
      brand: '*',
      purpose: '*',
      contactChannel: '*',
      by: 'controller',
      restrictionScope: ['*'],
    },
    7,
  )
  expect(after.subject.restrictions).toEqual([{ since: 7, scope: ['*'] }])
  expect(before.subject.restrictions).toEqual([])
  expect(foreseeEffect(before, after, registry, 8)).toEqual({ ends: [], narrows: [], begins: [], stays: [] })
})
