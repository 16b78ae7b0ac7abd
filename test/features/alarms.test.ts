import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { declaredEvents } from '../../src/cli/docs/events-page.ts'
import { alarms, countAlarms } from '../../src/compose/alarms.ts'
import { systemEntropy } from '../../src/platform/crypto/index.ts'
import { createMetrics } from '../../src/platform/log/index.ts'

const page = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8')
const [, section = ''] = /^## Alarms\n(.*?)^## /ms.exec(page) ?? []
const rows = [...section.matchAll(/^\| (?:\*\*)?`([a-z.-]+)`(?:\*\*)? \| ([^|]+) \| ([^|]+) \|$/gm)]

describe('what somebody is woken by', () => {
  it('is declared as an event by a room of the house, each of them', async () => {
    const declared = [...(await declaredEvents()).values()].flat().map(({ type }) => type)
    for (const alarm of alarms) expect(declared).toContain(alarm)
  })

  it('stands in the operations page with its cause and what to do, each of them and nothing else', () => {
    expect(rows.map(([, type]) => type).toSorted()).toEqual([...alarms])
    for (const [, type = '', because = '', what = ''] of rows) {
      expect(because.length, type).toBeGreaterThan(20)
      expect(what.length, type).toBeGreaterThan(10)
    }
  })

  it('is counted by its name, and what is no alarm is not', async () => {
    const metrics = createMetrics({ process: false })
    const event = (type: string) => ({
      id: systemEntropy.id<'event'>(),
      type,
      version: 1,
      occurredAt: new Date('2026-11-22T10:00:00Z'),
      payload: {},
    })
    countAlarms(metrics)([], [event('call-approval.reported'), event('password.set')])
    const { body } = await metrics.expose()
    expect(body).toContain('placet_alarms_total{event="call-approval.reported"} 1')
    expect(body).not.toContain('password.set')
  })
})
