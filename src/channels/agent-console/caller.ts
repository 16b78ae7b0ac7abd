import { z } from 'zod'
import { CallerView } from '../../../views/agent-console/caller.tsx'
import { translator } from '../../../views/page.tsx'
import { callerFields, unmaskedSeconds, unmaskField } from '../../features/calls/index.ts'
import { inLanguage } from '../../features/consent/index.ts'
import { type FieldIssue, PlacetError } from '../../kernel/errors.ts'
import { type Answer, seeOther } from '../../platform/web/answer.ts'
import { defineRoute } from '../../platform/web/define-route.ts'
import type { Route } from '../../platform/web/route.ts'
import type { PageExtras } from '../page-renderer.ts'
import type { AgentConsoleDeps } from './agent-deps.ts'
import { type AtCall, onTheLine, under } from './call-page.ts'
import { afterPause, type Typed } from './kept-typing.ts'
import { agent, callParams, callPath } from './paths.ts'

/** The caller's data as this proof opens them, each masked; one of them whole, in the answer to a reason given for it. */
export async function showCaller(
  deps: AgentConsoleDeps,
  at: AtCall,
  {
    typed = {},
    whole,
  }: { readonly typed?: Typed; readonly whole?: { attribute: string; value: string } } = {},
  extras: PageExtras = {},
): Promise<Answer> {
  const { call, caller, head, onCall } = at
  const language = deps.renderer.languageOf(at.request)
  const t = translator(language)
  const blocked = caller?.blocked ?? []
  const fields = blocked.includes('fields') ? [] : await callerFields(deps.calls, onCall)
  const { reason } = call
  return deps.renderer.show(
    under(at),
    CallerView,
    {
      head,
      name: caller?.name ?? '',
      reason: reason === undefined ? '' : (reason.words ?? t(`calls.reason.${reason.code}`)),
      fields: fields
        .filter(({ unlocked }) => unlocked)
        .map(({ attribute, labels, masked }) => ({
          attribute,
          label: inLanguage(labels, language),
          masked,
          shown: whole?.attribute === attribute ? whole.value : undefined,
        })),
      closed: fields.filter(({ unlocked }) => !unlocked).map(({ labels }) => inLanguage(labels, language)),
      typed: { attribute: typed['attribute'] ?? '', why: typed['why'] ?? '' },
      shownSeconds: unmaskedSeconds,
      tasks: [
        blocked.includes('choices') ? 'take-back' : 'choices',
        ...(blocked.includes('requests') || deps.calls.openRequest === undefined
          ? []
          : (['request'] as const)),
      ],
    },
    extras,
  )
}

async function unmask(
  deps: AgentConsoleDeps,
  at: AtCall,
  asked: { readonly attribute: string; readonly why: string },
): Promise<Answer> {
  const missing: readonly FieldIssue[] = [
    ...(asked.attribute === '' ? [{ field: 'attribute', code: 'choose-attribute-to-see' }] : []),
    ...(asked.why.trim() === '' ? [{ field: 'why', code: 'unmask-why-missing' }] : []),
  ]
  if (missing.length > 0) return showCaller(deps, at, { typed: asked }, { fieldErrors: missing })
  try {
    const { attribute, value } = await unmaskField(deps.calls, {
      ...at.onCall,
      attribute: asked.attribute,
      reason: asked.why,
    })
    return await showCaller(deps, at, { whole: { attribute, value } })
  } catch (error) {
    if (!(error instanceof PlacetError)) throw error
    if (error.code !== 'field-locked' && error.code !== 'field-unknown') throw error
    const fieldErrors = [{ field: 'attribute', code: 'choose-attribute-to-see' }]
    return showCaller(deps, at, { typed: { why: asked.why } }, { fieldErrors })
  }
}

export const callerRoutes = (deps: AgentConsoleDeps): readonly Route[] => [
  defineRoute({
    name: 'calls.unmask',
    method: 'POST',
    path: `${callPath}/unmask`,
    caller: agent('caller.verify'),
    params: callParams,
    body: {
      type: 'form',
      schema: z.strictObject({
        attribute: z.string().max(64).default(''),
        why: z.string().max(300).default(''),
      }),
    },
    answers: [200, 303, 404, 410, 422],
    afterPause: afterPause(deps),
    handle: (request) =>
      onTheLine(deps, request, (at) =>
        at.call.assurance === 'none' || at.call.assurance === 'number-match'
          ? Promise.resolve(seeOther(at.head.href))
          : unmask(deps, at, request.body),
      ),
  }),
]
