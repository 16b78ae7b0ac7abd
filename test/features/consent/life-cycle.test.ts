import { describe, expect, it } from 'vitest'
import { decide } from '../../../src/features/consent/decision.ts'
import type { LifeCycle } from '../../../src/features/consent/facts.ts'
import { act, ana, now, query, registry } from './scene.ts'

const given = act('given', '2026-03-01')
const house = (purpose: string, actorRole?: string, attribute = 'name') =>
  query({ system: 'house', purpose, contactChannel: 'none', attribute, actorRole })
const reason = (state: LifeCycle, asked = query()) =>
  decide(asked, ana({ state }, [given]), registry, now).reason

describe('When Ana was erased', () => {
  it('nothing is left to use, for the custodian neither', () => {
    expect(reason('erased')).toBe('SUBJECT_ERASED')
    expect(reason('erased', house('authority.disclosure', 'custodian'))).toBe('SUBJECT_ERASED')
  })
})

describe('While Ana is blocked', () => {
  it('her consent is of no use to anybody', () => {
    expect(reason('blocked')).toBe('SUBJECT_BLOCKED')
    expect(reason('blocked', query({ purpose: 'security.notice' }))).toBe('SUBJECT_BLOCKED')
    expect(reason('blocked', query({ actorRole: 'custodian' }))).toBe('SUBJECT_BLOCKED')
  })

  it('the custodian answers authorities and herself, by law and with that as the evidence', () => {
    for (const purpose of ['authority.disclosure', 'dsr.response']) {
      expect(decide(house(purpose, 'custodian'), ana({ state: 'blocked' }), registry, now)).toMatchObject({
        decision: 'PERMIT',
        reason: 'BLOCKED_EXCEPTION',
        basis: 'legal_obligation',
        evidence: [{ kind: 'law' }],
      })
    }
  })

  it('anybody but the custodian is refused even that', () => {
    expect(reason('blocked', house('dsr.response'))).toBe('SUBJECT_BLOCKED')
    expect(reason('blocked', house('authority.disclosure', 'agent'))).toBe('SUBJECT_BLOCKED')
  })

  it('the exception opens no attribute the purpose does not list', () => {
    expect(reason('blocked', house('authority.disclosure', 'custodian', 'size'))).toBe(
      'ATTRIBUTE_NOT_IN_PURPOSE',
    )
  })
})

describe('While Ana is active', () => {
  it('disclosure to an authority needs the custodian all the same', () => {
    expect(reason('active', house('authority.disclosure'))).toBe('SYSTEM_NOT_AUTHORISED_FOR_PURPOSE')
    expect(reason('active', house('authority.disclosure', 'custodian'))).toBe('LEGAL_OBLIGATION')
  })

  it('an answer to her own request needs no custodian', () => {
    expect(reason('active', house('dsr.response'))).toBe('LEGAL_OBLIGATION')
  })
})
