import { z } from 'zod'
import { type ScriptModel, type ScriptPurpose, ScriptView } from '../../../views/agent-console/script.tsx'
import { ScriptDoneView } from '../../../views/agent-console/script-done.tsx'
import { translator } from '../../../views/page.tsx'
import {
  actDays,
  type CallScript,
  callScripts,
  recordCallChoices,
  type ToldChoices,
} from '../../features/calls/index.ts'
import { purposeTitle, sameNotice } from '../../features/consent/index.ts'
import { type Answer, seeOther } from '../../platform/web/answer.ts'
import { defineRoute } from '../../platform/web/define-route.ts'
import type { Route } from '../../platform/web/route.ts'
import { choicesBody, formAddress, formQuery, type ReadChoices, readChoices } from '../choices-form.ts'
import type { PageExtras } from '../page-renderer.ts'
import type { AgentConsoleDeps } from './agent-deps.ts'
import { type AtCall, isStopped, isVerified, onTheLine, under } from './call-page.ts'
import { afterPause, type Typed, typedBefore } from './kept-typing.ts'
import { agent, callParams, callPath } from './paths.ts'

const page = '/choices'
/** Whether a yes may be told: of whoever was verified, and may be asked. A no may be told of anybody. */
const mayBeAsked = (at: AtCall): boolean => isVerified(at) && at.caller?.blocked.includes('choices') === false

const keyOf = ({ purpose, contactChannel }: Pick<CallScript, 'purpose' | 'contactChannel'>): string =>
  `${purpose}.${contactChannel}`

type Pressed = Pick<ReadChoices, 'typed' | 'notices'>

/** An answer stays pressed only under the wording it was given to: nobody has heard another one yet. */
const pressedUnder = ({ purpose, contactChannel, notice }: CallScript, { typed, notices }: Pressed) => {
  const key = keyOf({ purpose, contactChannel })
  const heard = notices.get(key)
  return heard !== undefined && sameNotice(heard, notice) ? typed.get(key) : undefined
}

/** One card for each purpose with its words; a question for each contact channel, none of them preset. */
function purposesOf(
  deps: AgentConsoleDeps,
  at: AtCall,
  scripts: readonly CallScript[],
  pressed: Pressed,
): readonly ScriptPurpose[] {
  const t = translator(deps.renderer.languageOf(at.request))
  return [...Map.groupBy(scripts, ({ purpose }) => purpose)].flatMap(([purpose, asked]) => {
    const [first] = asked
    if (first === undefined) return []
    return [
      {
        id: purpose.replaceAll('.', '-'),
        title: first.title,
        text: first.text,
        version: first.notice.version,
        language: first.notice.language,
        choices: asked.map((script) => {
          const { contactChannel, notice, standing, text } = script
          const answer = pressedUnder(script, pressed)
          return {
            key: keyOf({ purpose, contactChannel }),
            contactChannel,
            line: t(`calls.script.standing.${standing}`),
            notice: {
              id: notice.id,
              version: notice.version,
              language: notice.language,
              hash: notice.textHash,
              text,
            },
            ...(answer === undefined ? {} : { answer }),
          }
        }),
      },
    ]
  })
}

async function showScript(
  deps: AgentConsoleDeps,
  at: AtCall,
  shown: { readonly pressed?: Pressed; readonly recording?: string } = {},
  extras: PageExtras = {},
): Promise<Answer> {
  const scripts = await callScripts(deps.calls, at.onCall)
  const model: ScriptModel = {
    head: at.head,
    purposes: purposesOf(deps, at, scripts, shown.pressed ?? { typed: new Map(), notices: new Map() }),
    action: formAddress(`${at.head.href}${page}`, `${at.head.href}${page}`, deps.calls.entropy),
    recording: shown.recording ?? '',
    mode: mayBeAsked(at) ? 'ask' : 'take-back',
  }
  return deps.renderer.show(under(at, page), ScriptView, model, extras)
}

function showTold(deps: AgentConsoleDeps, at: AtCall, told: ToldChoices): Answer {
  const registry = deps.calls.registry.current()
  const language = deps.renderer.languageOf(at.request)
  const rows = (questions: ToldChoices['told'], answer: 'yes' | 'no') =>
    questions.map(({ purpose, contactChannel }) => ({
      purpose: purposeTitle(registry, purpose, language),
      contactChannel,
      answer,
    }))
  const until = new Date(deps.calls.clock.now().getTime() + actDays * 86_400_000)
  return deps.renderer.show(under(at, page), ScriptDoneView, {
    head: at.head,
    // Whether a no changed anything tells how it stood, and that is read of a verified caller alone.
    told:
      told.outcome === 'unchanged' && told.pending.length === 0 && isVerified(at)
        ? []
        : [...rows(told.pending, 'yes'), ...rows(told.told, 'no')],
    ...(told.pending.length === 0
      ? {}
      : {
          confirmation: { sentTo: told.sentTo?.masked, until, ...(told.heldBack && { heldBack: true }) },
        }),
  })
}

const recordingShape = /^[\w.:/#-]{1,128}$/

async function save(
  deps: AgentConsoleDeps,
  at: AtCall,
  body: Readonly<Record<string, string>>,
  once: string | undefined,
): Promise<Answer> {
  const { recording: typedRecording = '', ...fields } = body
  const recording = typedRecording.trim()
  const read = readChoices(fields, { unanswered: 'not-answered' })
  const again = (extras: PageExtras) =>
    showScript(deps, at, { pressed: read, recording: typedRecording }, extras)
  const issues = [
    ...read.issues,
    ...(recording === '' || recordingShape.test(recording)
      ? []
      : [{ field: 'recording', code: 'recording-invalid' }]),
  ]
  if (issues.length > 0) return again({ fieldErrors: issues })
  const answered = read.choices.flatMap(({ purpose, contactChannel, answer, notice }) =>
    answer === 'later' ? [] : [{ purpose, contactChannel, answer, notice }],
  )
  if (answered.length === 0) return again({ formError: { code: 'nothing-told' } })
  const told = await recordCallChoices(deps.calls, {
    ...at.onCall,
    choices: answered,
    ...(recording === '' ? {} : { recording: { id: recording } }),
    idempotencyKey: once ?? deps.calls.entropy.id<'form'>(),
  })
  // Nobody has heard the new words yet, so nothing is pressed under them.
  if (told.outcome === 'stale') {
    return showScript(deps, at, { recording: typedRecording }, { formError: { code: 'notice-changed' } })
  }
  return showTold(deps, at, told)
}

/** A form of choices, and where it can be heard. */
const scriptBody = z.record(z.string().max(120), z.string().max(400)).superRefine((fields, context) => {
  const { recording: _, ...choices } = fields
  for (const issue of choicesBody.safeParse(choices).error?.issues ?? []) {
    context.addIssue({ code: 'custom', message: issue.message, path: issue.path })
  }
})

/** What had been pressed, and under which words, when the form came after the pause. */
const pressedBefore = ({ recording: _, ...fields }: Typed): Pressed =>
  readChoices(fields, { unanswered: 'not-answered' })

/** Of somebody who was chosen, and as long as this call goes on with them at all. */
const withCaller = (step: (at: AtCall) => Promise<Answer>) => (at: AtCall) =>
  at.caller === undefined || at.caller.standing.locked || isStopped(at)
    ? Promise.resolve(seeOther(at.head.href))
    : step(at)

export const scriptRoutes = (deps: AgentConsoleDeps): readonly Route[] => [
  defineRoute({
    name: 'calls.choices',
    method: 'GET',
    path: `${callPath}${page}`,
    caller: agent('caller.preferences.record'),
    params: callParams,
    answers: [200, 303, 404, 410],
    handle: (request) =>
      onTheLine(
        deps,
        request,
        withCaller((at) => {
          const { typed, cookies } = typedBefore(deps, request)
          const kept = Object.keys(typed).length > 0
          return showScript(
            deps,
            at,
            { pressed: pressedBefore(typed), recording: typed['recording'] ?? '' },
            { cookies, ...(kept ? { notice: { kind: 'info', key: 'flash.calls.typed-kept' } } : {}) },
          )
        }),
      ),
  }),
  defineRoute({
    name: 'calls.choices.answer',
    method: 'POST',
    path: `${callPath}${page}`,
    caller: agent('caller.preferences.record'),
    params: callParams,
    query: formQuery,
    body: { type: 'form', schema: scriptBody },
    answers: [200, 303, 404, 410, 422],
    afterPause: afterPause(deps),
    handle: (request) =>
      onTheLine(
        deps,
        request,
        withCaller((at) => save(deps, at, request.body, request.query.once)),
      ),
  }),
]
