import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { openEnrolmentLink, sealEnrolmentLink } from '../../../src/features/store-visits/enrol-links.ts'
import type { EnrolmentRef } from '../../../src/features/store-visits/enrol-store.ts'
import { createSealedTokens, deriveKeys, systemEntropy } from '../../../src/platform/crypto/index.ts'

/* Three addresses of one enrolment: at the counter, in a hand, in a mailbox. */
const tokens = createSealedTokens(deriveKeys([randomBytes(32)]).all('sealed-tokens'), 'http://localhost:4000')
const from = new Date('2026-11-22T10:00:00Z')
const ref: EnrolmentRef = {
  subjectId: systemEntropy.id<'subject'>(),
  enrolmentId: systemEntropy.id<'enrolment'>(),
}
const minutesLater = (minutes: number) => new Date(from.getTime() + minutes * 60_000)
const kinds = ['hand-off', 'visit', 'mail'] as const

describe('An address of an enrolment', () => {
  it.each([
    ['hand-off', 15],
    ['visit', 30],
    ['mail', 72 * 60],
  ] as const)('(%s) is good for %d minutes, to the millisecond', (kind, minutes) => {
    const link = sealEnrolmentLink(tokens, kind, ref, from)
    const last = new Date(minutesLater(minutes).getTime() - 1)
    expect(openEnrolmentLink(tokens, kind, link, last)).toEqual(ref)
    expect(openEnrolmentLink(tokens, kind, link, minutesLater(minutes))).toBeUndefined()
  })

  it('is good for nothing but what it was made for (R70)', () => {
    for (const made of kinds) {
      const link = sealEnrolmentLink(tokens, made, ref, from)
      const opens = kinds.filter((kind) => openEnrolmentLink(tokens, kind, link, from) !== undefined)
      expect(opens).toEqual([made])
    }
  })

  it('that was changed by one character leads nowhere', () => {
    const link = sealEnrolmentLink(tokens, 'hand-off', ref, from)
    const middle = link.length >> 1
    const other = link[middle] === 'A' ? 'B' : 'A'
    const changed = `${link.slice(0, middle)}${other}${link.slice(middle + 1)}`
    expect(openEnrolmentLink(tokens, 'hand-off', changed, from)).toBeUndefined()
    expect(openEnrolmentLink(tokens, 'hand-off', '', from)).toBeUndefined()
  })
})
