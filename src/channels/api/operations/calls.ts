import { z } from 'zod'
import { announceCall, announcedCall, type Call, noteCallEvent } from '../../../features/calls/index.ts'
import type { Evidence } from '../../../kernel/evidence.ts'
import { parseId } from '../../../kernel/ids.ts'
import { json } from '../../../platform/web/answer.ts'
import type { GuardedRequest, Route } from '../../../platform/web/route.ts'
import type { ApiDeps } from '../api-deps.ts'
import { type Asking, mayWrite } from '../asking.ts'
import { described, handled, operation } from '../operation.ts'
import { idField } from '../shapes.ts'

const scope = 'calls:write'

const state = described(
  z.enum(['open', 'dropped', 'ended']),
  'A dropped call can be taken up again by its agent for five minutes; after that it is ended.',
)

/** What a telephony system may know of a call. Whether the number is known, and nothing of whom. */
const callShape = z.object({
  call: idField('Id of the call here.'),
  reference: described(z.string(), 'What agent and customer call it, as `LL-4F7K2M`.'),
  call_id: described(z.string(), 'Your own id of it.'),
  state,
  match: described(
    z.enum(['none', 'one', 'many']),
    'What the number found. It verifies nobody: numbers are forged.',
  ),
  verified: described(z.boolean(), 'Whether the caller was verified.'),
  opened_at: z.string(),
  ended_at: z.string().optional(),
})

const announcedShape = callShape.extend({
  screen_pop: described(z.string(), "Address of the agent's page for this call. It holds no number."),
})

const example = {
  call: '0199a1b2-0000-7000-8000-0000000000c1',
  reference: 'LL-4F7K2M',
  call_id: 'pbx-20261122-000417',
  state: 'open',
  match: 'one',
  verified: false,
  opened_at: '2026-11-22T10:15:30.000Z',
}

export const postCalls = operation({
  name: 'api.calls',
  method: 'POST',
  path: '/api/v1/calls',
  caller: { who: 'client', scope },
  summary: 'Announce a call to an agent',
  description:
    "A telephony system tells which number rings which of our agents. The number finds candidates for the agent's screen and is forgotten; it verifies nobody. The answer holds no personal data. The same `call_id` of the same agent is the same call, also where the agent's page was opened before you announced it: from then on the line is yours.",
  body: {
    type: 'json',
    schema: z.strictObject({
      call_id: described(z.string().min(1).max(100), 'Your own id of the call, never used again.'),
      ani: described(
        z.string().min(1).max(40),
        'The number at the other end, with its country. Left out where it is withheld.',
      ).optional(),
      direction: described(
        z.enum(['incoming', 'outgoing']),
        'Left out, incoming. A call back is proven by an outgoing call alone, to the registered number.',
      ).optional(),
      agent: idField('Who takes it: an active member of staff who may verify callers there.'),
      touchpoint: described(z.string().min(1).max(100), 'The desk or store where it is taken.'),
      language: described(z.enum(['es', 'en']), 'In which it is held; left out, Spanish.').optional(),
    }),
  },
  idempotency: 'required',
  answers: [200],
  responses: { 200: { description: 'The call, as it stands.', schema: announcedShape } },
  example: {
    body: {
      call_id: 'pbx-20261122-000417',
      ani: '+34600111222',
      agent: '0199a1b2-0000-7000-8000-0000000000a1',
      touchpoint: 'desk-4',
      language: 'es',
    },
    status: 200,
    answer: {
      ...example,
      screen_pop: 'https://id.example.com/staff/calls/0199a1b2-0000-7000-8000-0000000000c1',
    },
  },
})

const params = z.strictObject({ call: idField('Id of the call here.') })

export const postCallEvents = operation({
  name: 'api.calls.events',
  method: 'POST',
  path: '/api/v1/calls/:call/events',
  caller: { who: 'client', scope },
  summary: 'Tell what became of a call',
  description:
    'The line was lost, or the call is over. With its end ends every verification in it. Told twice it is one fact.',
  params,
  body: {
    type: 'json',
    schema: z.strictObject({ event: described(z.enum(['dropped', 'ended']), 'What happened.') }),
  },
  idempotency: 'required',
  answers: [200],
  responses: { 200: { description: 'The call, as it stands.', schema: callShape } },
  example: {
    params: { call: example.call },
    body: { event: 'dropped' },
    status: 200,
    answer: { ...example, state: 'dropped' },
  },
})

export const readCallState = operation({
  name: 'api.calls.state',
  method: 'GET',
  path: '/api/v1/calls/:call',
  caller: { who: 'client', scope: 'calls:read' },
  summary: 'Read how a call stands',
  description: 'Of a call that your own client announced.',
  params,
  answers: [200],
  responses: { 200: { description: 'The call, as it stands.', schema: callShape } },
  example: { params: { call: example.call }, status: 200, answer: example },
})

const told = (call: Call) => ({
  call: call.id,
  reference: call.reference,
  call_id: call.externalCall ?? '',
  state: call.state,
  match: call.match,
  verified: call.verifiedAt !== undefined,
  opened_at: call.openedAt.toISOString(),
  ...(call.endedAt === undefined ? {} : { ended_at: call.endedAt.toISOString() }),
})

const evidenceOf = ({ evidence }: GuardedRequest, { client }: Asking): Evidence => ({
  ...evidence,
  channel: 'call-centre',
  clientId: client.clientId,
})

export const callRoutes = (deps: ApiDeps): readonly Route[] => [
  handled(deps, postCalls, async (asking, request) => {
    mayWrite(asking)
    const { call_id: externalCall, ani, direction, agent, touchpoint, language = 'es' } = request.body
    const agentId = parseId<'staff'>(agent)
    const call = await announceCall(deps.calls, {
      actor: request.actor,
      evidence: evidenceOf(request, asking),
      agentId: agentId ?? deps.calls.entropy.id<'staff'>(),
      externalCall,
      ...(ani === undefined ? {} : { ani }),
      outgoing: direction === 'outgoing',
      touchpoint,
      language,
    })
    return json({ ...told(call), screen_pop: new URL(`/staff/calls/${call.id}`, deps.issuer).href })
  }),
  handled(deps, postCallEvents, async (asking, request) => {
    mayWrite(asking)
    const call = await noteCallEvent(deps.calls, {
      callId: callIdOf(deps, request.params.call),
      actor: request.actor,
      evidence: evidenceOf(request, asking),
      event: request.body.event,
    })
    return json(told(call))
  }),
  handled(deps, readCallState, async (_asking, request) =>
    json(
      told(
        await announcedCall(deps.calls, {
          callId: callIdOf(deps, request.params.call),
          actor: request.actor,
        }),
      ),
    ),
  ),
]

/** An id of another shape is of no call, like any that nobody announced. */
const callIdOf = (deps: ApiDeps, text: string) => parseId<'call'>(text) ?? deps.calls.entropy.id<'call'>()
