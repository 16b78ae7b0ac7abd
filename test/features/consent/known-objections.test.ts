import { describe, expect, test } from 'vitest'
import {
  type ConsentEvent,
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
