import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { nilUuid } from '../../../src/kernel/ids.ts'
import { arrangeAgent, type CallCentre, openCallCentre } from '../support/call-centre.ts'

/* What is told to those who watch, when agents fish or a customer is asked until they give in. */
let centre: CallCentre

beforeAll(async () => {
  centre = await openCallCentre()
})
afterAll(() => centre?.close())
beforeEach(async () => {
  await centre.tidy()
  await centre.db.query('delete from outbox_events')
})

const alarms = async (type: string) =>
  (
    await centre.db.query<{ payload: object; subject_id: string | null }>(
      'select payload, subject_id from outbox_events where type = $1',
      [type],
    )
  ).rows

describe('an agent who fishes for customers', () => {
  it('is told of once in an hour, by name of client and agent and of nobody they asked about (R50)', async () => {
    const statuses: number[] = []
    for (let at = 0; at < 23; at += 1) statuses.push((await centre.ask(`nadie-${at}@example.com`)).status)
    expect(statuses.filter((status) => status === 429)).toHaveLength(3)
    const told = await alarms('call-approval.asked-too-often')
    expect(told).toHaveLength(1)
    expect(told[0]?.payload).toEqual({
      clientId: 'call-centre',
      agent: `staff:${centre.agent}`,
      touchpointId: null,
    })
    expect(JSON.stringify(told)).not.toContain('nadie')
    const [entry] = await centre.entries('oidc.call-alarm-raised')
    expect(entry).toMatchObject({ facts: { alarm: 'call-approval.asked-too-often' } })
  })

  it('raises nothing within the quota (R50)', async () => {
    for (let at = 0; at < 20; at += 1) await centre.ask(`nadie-${at}@example.com`)
    expect(await alarms('call-approval.asked-too-often')).toEqual([])
  })
})

describe('a customer who is asked again and again', () => {
  it('gets none of it while one request waits; from the fourth that was held back it is an alarm that names no customer (R52)', async () => {
    const hint = `person:${centre.ana}`
    await centre.ring(centre.ana)
    for (let at = 0; at < 3; at += 1) await centre.ask(hint)
    await centre.house.calls.settled()
    expect(await alarms('call-approval.prompts-held-back')).toEqual([])
    const colleague = await arrangeAgent(centre.db)
    for (let at = 0; at < 3; at += 1) await centre.ask(hint, { acting_agent: colleague })
    await centre.house.calls.settled()
    expect(centre.house.calls.prompts).toHaveLength(1)
    const told = await alarms('call-approval.prompts-held-back')
    expect(told).toHaveLength(1)
    expect(told[0]).toMatchObject({ subject_id: nilUuid, payload: { agent: `staff:${colleague}` } })
    expect(JSON.stringify(told)).not.toContain(centre.ana)
  })
})
