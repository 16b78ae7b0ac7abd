import { z } from 'zod'
import { type FindCallerModel, FindCallerView } from '../../../views/agent-console/find-caller.tsx'
import { callReasons, chooseCaller, searchCaller } from '../../features/calls/index.ts'
import { type FieldIssue, PlacetError } from '../../kernel/errors.ts'
import { type Answer, seeOther } from '../../platform/web/answer.ts'
import { defineRoute } from '../../platform/web/define-route.ts'
import type { Route } from '../../platform/web/route.ts'
import type { PageExtras } from '../page-renderer.ts'
import type { AgentConsoleDeps } from './agent-deps.ts'
import { type AtCall, onTheLine, under } from './call-page.ts'
import { afterPause, type Typed } from './kept-typing.ts'
import { agent, callParams, callPath } from './paths.ts'

/** Who it may be, and why the record is opened. Before that nothing of anybody is shown but what helps to ask. */
export function showFinding(
  deps: AgentConsoleDeps,
  at: AtCall,
  typed: Typed = {},
  extras: PageExtras = {},
  found: Partial<Pick<FindCallerModel, 'candidates' | 'nobody'>> = {},
): Answer {
  return deps.renderer.show(
    under(at),
    FindCallerView,
    {
      head: at.head,
      candidates: at.candidates,
      nobody: false,
      sought: typed['identifier'] ?? '',
      chosen: typed['candidate'] ?? '',
      reason: typed['reason'] ?? '',
      words: typed['words'] ?? '',
      ...found,
    },
    extras,
  )
}

async function search(deps: AgentConsoleDeps, at: AtCall, identifier: string): Promise<Answer> {
  const typed = { identifier }
  if (identifier.trim() === '') {
    return showFinding(deps, at, typed, {
      fieldErrors: [{ field: 'identifier', code: 'identifier-missing' }],
    })
  }
  try {
    const candidates = await searchCaller(deps.calls, { ...at.onCall, typed: identifier })
    return showFinding(deps, at, typed, {}, { candidates, nobody: candidates.length === 0 })
  } catch (error) {
    if (!(error instanceof PlacetError) || error.failure !== 'too-many') throw error
    return showFinding(deps, at, typed, { formError: { code: 'look-ups-exhausted' }, status: 429 })
  }
}

interface Chosen {
  readonly candidate: string
  readonly reason: string
  readonly words: string
}

const missingIn = ({ candidate, reason, words }: Chosen): readonly FieldIssue[] => [
  ...(candidate === '' ? [{ field: 'candidate', code: 'choose-candidate' }] : []),
  ...(callReasons.some((one) => one === reason) ? [] : [{ field: 'reason', code: 'choose-reason' }]),
  ...(reason === 'other' && words.trim() === '' ? [{ field: 'words', code: 'reason-words-missing' }] : []),
]

async function choose(deps: AgentConsoleDeps, at: AtCall, chosen: Chosen): Promise<Answer> {
  const { candidate, reason, words } = chosen
  const missing = missingIn(chosen)
  if (missing.length > 0) return showFinding(deps, at, { ...chosen }, { fieldErrors: missing })
  try {
    const why = words.trim() === '' ? { code: reason } : { code: reason, words }
    await chooseCaller(deps.calls, { ...at.onCall, key: candidate, reason: why })
  } catch (error) {
    if (!(error instanceof PlacetError)) throw error
    if (error.failure === 'too-many') {
      return showFinding(deps, at, { ...chosen }, { formError: { code: 'look-ups-exhausted' }, status: 429 })
    }
    if (error.code !== 'candidate-unknown') throw error
    return showFinding(deps, at, { reason, words }, { formError: { code: 'candidate-gone' } })
  }
  return seeOther(at.head.href)
}

export const findCallerRoutes = (deps: AgentConsoleDeps): readonly Route[] => [
  defineRoute({
    name: 'calls.find',
    method: 'POST',
    path: `${callPath}/find`,
    caller: agent('caller.look-up'),
    params: callParams,
    body: { type: 'form', schema: z.strictObject({ identifier: z.string().max(320).default('') }) },
    answers: [200, 303, 404, 410, 422, 429],
    afterPause: afterPause(deps),
    handle: (request) => onTheLine(deps, request, (at) => search(deps, at, request.body.identifier)),
  }),
  defineRoute({
    name: 'calls.choose',
    method: 'POST',
    path: `${callPath}/choose`,
    caller: agent('caller.look-up'),
    params: callParams,
    body: {
      type: 'form',
      schema: z.strictObject({
        candidate: z.string().max(64).default(''),
        reason: z.string().max(40).default(''),
        words: z.string().max(300).default(''),
      }),
    },
    answers: [303, 404, 410, 422, 429],
    afterPause: afterPause(deps),
    handle: (request) => onTheLine(deps, request, (at) => choose(deps, at, request.body)),
  }),
]
