import { expect, test } from 'vitest'
import { agentConsoleContract } from '../../src/channels/agent-console/contract.ts'
import { type Channel, checkContract } from '../../src/channels/channel.ts'
import { neededEvidence } from '../../src/compose/channel-contracts.ts'
import { channels, type Evidence } from '../../src/kernel/evidence.ts'
import { noContent } from '../../src/platform/web/answer.ts'
import { defineRoute } from '../../src/platform/web/define-route.ts'
import type { Caller } from '../../src/platform/web/route.ts'

const at = (channel: Evidence['channel'], surface = 'somewhere'): Evidence => ({
  channel,
  surface,
  language: 'es',
})

test('each way in says what a yes must bring along: wherever others stand by, the place is part of it (R57)', () => {
  const needed = neededEvidence(() => [])
  const withPlace = channels.filter((channel) => needed(at(channel)).fields.includes('touchpoint'))
  expect(withPlace).toEqual(['kiosk', 'call-centre', 'store'])
  for (const channel of channels) {
    expect(needed(at(channel)).fields).toEqual(expect.arrayContaining(['surface', 'language']))
  }
})

test('a surface with a contract of its own asks for more than its channel: our desks name the call and the script', () => {
  const desks: Channel = {
    id: 'call-centre',
    name: 'agent-console',
    contract: agentConsoleContract,
    routes: [],
  }
  const needed = neededEvidence(() => [desks])
  expect(needed(at('call-centre', 'agent-console')).particulars).toEqual(['call', 'script'])
  expect(needed(at('call-centre', 'inbound-call')).particulars).toEqual([])
})

const desk = (path: string, caller: Caller): Channel => ({
  id: 'call-centre',
  name: 'agent-console',
  routes: [
    defineRoute({ name: 'desk', method: 'GET', path, caller, answers: [204], handle: async () => noContent }),
  ],
})

test('a route outside of the contract’s paths, or for callers it does not know, is a fault found at the start', () => {
  const staff: Caller = { who: 'staff', power: 'caller.look-up' }
  const check = (channel: Channel) => () => checkContract(channel, agentConsoleContract)
  expect(check(desk('/staff/calls/now', staff))).not.toThrow()
  expect(check(desk('/staff/callsigns', staff))).toThrow('does not speak of')
  expect(check(desk('/staff/calls', { who: 'client', scope: 'calls:write' }))).toThrow('does not know')
  expect(check({ ...desk('/staff/calls', staff), id: 'store' })).toThrow('the contract that of call-centre')
})
