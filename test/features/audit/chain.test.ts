import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { streamOf, verifyChain } from '../../../src/features/audit/index.ts'
import { canonicalEntry } from '../../../src/features/audit/pg-audit-trail.ts'
import type { AuditEntry } from '../../../src/kernel/audit-trail.ts'
import type { SubjectId } from '../../../src/kernel/ids.ts'

const ana = '0198c0de-0000-7000-8000-00000000a0a0' as SubjectId

const chained = (texts: readonly string[]) => {
  let hash: Uint8Array = new Uint8Array()
  const entries = texts.map((entry, index) => {
    hash = createHash('sha256').update(hash).update(entry, 'utf8').digest()
    return { seq: index + 1, entry, hash }
  })
  return { entries, head: { seq: texts.length, hash } }
}

describe('a hash chain (R100)', () => {
  const { entries, head } = chained(['given', 'refused', 'withdrawn', 'given again', 'objected'])

  test('whole and untouched is intact, and so is an empty one', () => {
    expect(verifyChain(entries, head)).toEqual({ intact: true, length: 5 })
    expect(verifyChain([], { seq: 0, hash: new Uint8Array() })).toEqual({ intact: true, length: 0 })
  })

  test.each([
    [
      'a line changed',
      entries.map((one) => (one.seq === 3 ? { ...one, entry: 'given' } : one)),
      3,
      'changed',
    ],
    ['a line dropped from the middle', entries.filter(({ seq }) => seq !== 3), 3, 'gap'],
    ['the first line dropped', entries.slice(1), 1, 'gap'],
    ['the last line dropped', entries.slice(0, -1), 5, 'truncated'],
    ['all lines dropped', [], 1, 'truncated'],
    [
      'two lines dropped and the rest renumbered',
      entries.slice(2).map((one, index) => ({ ...one, seq: index + 1 })),
      1,
      'changed',
    ],
    [
      'two lines swapped and renumbered',
      [entries[0]!, { ...entries[2]!, seq: 2 }, { ...entries[1]!, seq: 3 }, ...entries.slice(3)],
      2,
      'changed',
    ],
    ['a line slipped in', [...entries, { seq: 6, entry: 'x', hash: head.hash }], 6, 'changed'],
  ] as const)('shows %s', (_, lines, brokenAt, why) => {
    expect(verifyChain(lines, head)).toEqual({ intact: false, brokenAt, why })
  })

  test('shows a head that was taken away or moved', () => {
    const verdict = { intact: false, brokenAt: 6, why: 'truncated' }
    expect(verifyChain(entries, { seq: 0, hash: new Uint8Array() })).toEqual(verdict)
    expect(verifyChain(entries, { ...head, seq: 6 })).toEqual(verdict)
    expect(verifyChain(entries, { ...head, hash: new Uint8Array(32) })).toEqual(verdict)
  })

  test('shows any single change of any text', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 8 }),
        fc.nat(),
        fc.string(),
        (texts, at, other) => {
          const chain = chained(texts)
          const index = at % texts.length
          fc.pre(other !== texts[index])
          const changed = chain.entries.map((one, place) =>
            place === index ? { ...one, entry: other } : one,
          )
          expect(verifyChain(changed, chain.head)).toMatchObject({ intact: false, brokenAt: index + 1 })
        },
      ),
    )
  })
})

describe('an entry', () => {
  const entry: AuditEntry = {
    action: 'consent.recorded',
    actor: { kind: 'staff', staffId: 's-1' as never, roles: ['agent'], assurance: 'passkey' },
    at: new Date('2026-11-22T12:00:00Z'),
    subjectId: ana,
    reason: 'asked by telephone',
    evidence: {
      channel: 'call-centre',
      surface: 'agent-console',
      language: 'es',
      network: '203.0.113.0/24',
      userAgentFamily: 'Firefox',
    },
    facts: { purposes: ['newsletter'], count: 1 },
  }

  test('has one spelling, whatever the order of its members (RFC 8785)', () => {
    const text = canonicalEntry(entry)
    expect(text).toBe(
      '{"action":"consent.recorded","actor":"staff:s-1","at":"2026-11-22T12:00:00.000Z","channel":"call-centre",' +
        '"facts":{"count":1,"purposes":["newsletter"]},"reason":"asked by telephone","surface":"agent-console"}',
    )
    const reversed = Object.fromEntries(Object.entries(entry).reverse()) as unknown as AuditEntry
    expect(canonicalEntry(reversed)).toBe(text)
  })

  test('tells nothing of where somebody was or what they used', () => {
    expect(canonicalEntry(entry)).not.toMatch(/203\.0|Firefox/)
  })

  test('belongs to the stream of its subject, or of what it was about, or of its room', () => {
    expect(streamOf(entry)).toBe(ana)
    const about = (name: string) => streamOf({ action: 'clients.registered', about: name })
    expect(about('client:a')).toBe(about('client:a'))
    expect(about('client:a')).not.toBe(about('client:b'))
    expect(about('client:a')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(streamOf({ action: 'keys.rotated' })).toBe(streamOf({ action: 'keys.made' }))
    expect(streamOf({ action: 'keys.rotated' })).not.toBe(streamOf({ action: 'staff.made' }))
  })
})
