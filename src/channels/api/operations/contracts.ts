import { z } from 'zod'
import { type ContractId, endContract, recordContract } from '../../../features/consent/index.ts'
import { json } from '../../../platform/web/answer.ts'
import type { Route } from '../../../platform/web/route.ts'
import type { ApiDeps } from '../api-deps.ts'
import { mustBeOurs } from '../asking.ts'
import { keptBy } from '../circumstances.ts'
import { subjectBehind } from '../known-subjects.ts'
import { handled, instant, operation, subField } from '../operation.ts'
import { idField, keptShape } from '../shapes.ts'

const sub = '7tq0Ww9dHk2Yv0q1Vb6p2nX4rJ8sZ3mL5cT1aQ9eU0o'
const contract = '0199a1b2-0000-7000-8000-000000000003'

export const postContracts = operation({
  name: 'api.contracts',
  method: 'POST',
  path: '/api/v1/contracts',
  caller: { who: 'client', scope: 'contracts:write' },
  summary: 'Record that a contract began',
  description:
    'What a contract needs may be done while it lasts (GDPR Art. 6(1)(b)). Reported by clients of the house itself; the same contract told twice is one.',
  body: {
    type: 'json',
    schema: z.strictObject({
      sub: subField,
      contract_id: idField('Made by you for the contract.'),
      began_at: instant,
    }),
  },
  idempotency: 'required',
  answers: [200],
  responses: { 200: { description: '`unchanged` when the contract was known.', schema: keptShape } },
  example: {
    body: { sub, contract_id: contract, began_at: '2026-11-20T17:05:00Z' },
    status: 200,
    answer: { outcome: 'recorded' },
  },
})

export const endOfContract = operation({
  name: 'api.contracts.end',
  method: 'POST',
  path: '/api/v1/contracts/:contract\\:end',
  caller: { who: 'client', scope: 'contracts:write' },
  summary: 'Record that a contract ended',
  description: 'It ends now. What only the contract allowed is refused from the next decision on.',
  params: z.strictObject({ contract: idField('The `contract_id` it was recorded with.') }),
  body: { type: 'json', schema: z.strictObject({ sub: subField }) },
  idempotency: 'required',
  answers: [200],
  responses: {
    200: { description: '`unchanged` when no such contract of the person is open.', schema: keptShape },
  },
  example: { params: { contract }, body: { sub }, status: 200, answer: { outcome: 'recorded' } },
})

export const contractRoutes = (deps: ApiDeps): readonly Route[] => [
  handled(deps, postContracts, async (asking, request) => {
    mustBeOurs(asking)
    const { sub: name, contract_id: id, began_at: began } = request.body
    const subjectId = await subjectBehind(deps, asking, name)
    return json(
      await recordContract(deps.circumstances, {
        ...keptBy(asking, request, subjectId),
        contractId: id as ContractId,
        controller: asking.controller,
        beganAt: new Date(began),
      }),
    )
  }),
  handled(deps, endOfContract, async (asking, request) => {
    mustBeOurs(asking)
    const subjectId = await subjectBehind(deps, asking, request.body.sub)
    return json(
      await endContract(deps.circumstances, {
        ...keptBy(asking, request, subjectId),
        contractId: request.params.contract as ContractId,
      }),
    )
  }),
]
