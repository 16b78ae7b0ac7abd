import { expect, test } from 'vitest'
import type { PublishedNotice } from '../../../src/features/consent/published.ts'
import { asOfAct, heldGoodThen } from '../../../src/features/consent/told-late.ts'
import { act, ana, at } from './scene.ts'

const wording = (
  version: number,
  publishedAt: string,
  change: Partial<PublishedNotice> = {},
): PublishedNotice => ({
  id: 'marketing-direct',
  version,
  language: 'es',
  surface: 'screen',
  purpose: 'marketing.direct',
  purposeVersion: 2,
  title: 'Novedades',
  summary: 'Te escribimos.',
  text: 'Te escribimos con novedades.',
  textHash: `hash-${version}`,
  publishedAt: at(publishedAt),
  ...change,
})
const told = (iso: string) => ({ yesAt: new Date(at(iso)), noAt: new Date(at(iso)) })
const first = wording(1, '2026-01-01T00:00:00Z')
const second = wording(2, '2026-11-22T11:00:00Z')
const notices = [first, second]
const inForce = { version: 2 }

test('a wording that was replaced at eleven holds good for what was answered at ten and came in at noon', () => {
  expect(heldGoodThen(first, inForce, { notices }, told('2026-11-22T10:00:00Z'))).toBe(true)
  expect(heldGoodThen(first, inForce, { notices }, told('2026-11-22T11:00:00Z'))).toBe(false)
  expect(heldGoodThen(first, inForce, { notices }, told('2026-11-22T11:30:00Z'))).toBe(false)
})

test('not before it was published, nor once the purpose itself has another version', () => {
  expect(heldGoodThen(first, inForce, { notices }, told('2025-12-31T23:59:59Z'))).toBe(false)
  expect(heldGoodThen(first, { version: 3 }, { notices }, told('2026-11-22T10:00:00Z'))).toBe(false)
})

test('what replaces a wording is one of its own language and surface', () => {
  for (const other of [{ language: 'en' }, { surface: 'voice' }, { purposeVersion: 1 }]) {
    const elsewhere = [first, wording(2, '2026-02-01T00:00:00Z', other)]
    expect(heldGoodThen(first, inForce, { notices: elsewhere }, told('2026-11-22T10:00:00Z'))).toBe(true)
  }
})

test('whether a late no takes something back is judged by what had been said before it', () => {
  const facts = ana({}, [act('refused', '2026-11-01'), act('given', '2026-11-20')])
  expect(asOfAct(facts, at('2026-11-10T00:00:00Z')).events.map(({ type }) => type)).toEqual(['refused'])
})
