import { describe, expect, it } from 'vitest'
import { decide } from '../../../src/features/consent/decision.ts'
import { act, ana, at, now, query, registry } from './scene.ts'

const consented = ana({}, [act('given', '2026-03-01')])
const reason = (system: string, moment = now) => decide(query({ system }), consented, registry, moment).reason

describe('A recipient', () => {
  it('that is a processor without contract gets nothing', () => {
    expect(reason('esp-handshake')).toBe('NO_PROCESSOR_CONTRACT')
  })

  it('loses the data at the instant its contract ends, and the decision before said so', () => {
    const end = at('2026-12-01T00:00:00Z')
    const before = decide(query({ system: 'esp-lapsing' }), consented, registry, now)
    expect(before).toMatchObject({ decision: 'PERMIT', validUntil: end })
    expect(reason('esp-lapsing', end)).toBe('NO_PROCESSOR_CONTRACT')
  })

  it('in a third country needs a transfer tool in date', () => {
    expect(reason('esp-nowhere')).toBe('NO_TRANSFER_TOOL')
    expect(reason('esp-us')).toBe('CONSENT_GIVEN')
    expect(reason('esp-us', at('2027-01-01T00:00:00Z'))).toBe('NO_TRANSFER_TOOL')
  })
})
