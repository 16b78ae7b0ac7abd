import { z } from 'zod'
import { type CallLinkModel, CallLinkView } from '../../../views/consent-links/call.tsx'
import {
  type ActAnswerNow,
  type CallAct,
  type CallParts,
  callActOf,
  confirmCallChoices,
  disownCallAct,
  howActStands,
  type OwnAnswer,
  openCallLink,
  pendingOf,
} from '../../features/calls/index.ts'
import { pinnedNotice, purposeTitle } from '../../features/consent/index.ts'
import { type FieldIssue, gone } from '../../kernel/errors.ts'
import type { Answer } from '../../platform/web/answer.ts'
import { defineRoute } from '../../platform/web/define-route.ts'
import type { GuardedRequest, Route } from '../../platform/web/route.ts'
import type { Channel } from '../channel.ts'
import type { PageExtras, PageRenderer } from '../page-renderer.ts'
import { tokenParams } from './links-deps.ts'

export interface CallLinkDeps {
  readonly renderer: PageRenderer
  readonly calls: CallParts
}

type LinkRequest = GuardedRequest<{ token: string }, unknown, unknown>

/** `choice.<purpose>.<contact channel>` = yes or no; anything else is refused (R106). */
const answerBody = z
  .record(z.string().max(120), z.string().max(400))
  .refine((fields) => Object.keys(fields).length <= 60, 'code:too-many-fields')
  .refine(
    (fields) => Object.keys(fields).every((name) => /^choice\.[a-z0-9_]+(?:\.[a-z0-9_]+)+$/.test(name)),
    'code:field-unknown',
  )

const linkOf = ({ calls }: CallLinkDeps, { params }: LinkRequest) => {
  const link = openCallLink(calls.tokens, params.token, calls.clock.now())
  if (link === undefined) throw gone('link-expired', 'This link is no longer valid.')
  return link
}

async function actOf(deps: CallLinkDeps, request: LinkRequest): Promise<CallAct> {
  const act = await callActOf(deps.calls, linkOf(deps, request))
  if (act === undefined) throw gone('link-expired', 'This link is no longer valid.')
  return act
}

const keyOf = ({ purpose, contactChannel }: Pick<OwnAnswer, 'purpose' | 'contactChannel'>) =>
  `${purpose}.${contactChannel}`

const stateOf = (act: CallAct): CallLinkModel['state'] => {
  if (act.disownedAt !== undefined) return 'disowned'
  if (pendingOf(act).length > 0) return 'asks'
  return act.ownEvents === undefined ? 'told' : 'answered-before'
}

const answersNow = (now: readonly ActAnswerNow[]): readonly OwnAnswer[] =>
  now
    .filter(({ told }) => told === 'yes')
    .map(({ purpose, contactChannel, now: stands }) => ({
      purpose,
      contactChannel,
      answer: stands === 'yes' ? 'yes' : 'no',
    }))

type Question = Pick<OwnAnswer, 'purpose' | 'contactChannel'>

/**
 * What the page tells of the act; what has just been done is told on top. What was answered or undone is told as it stands
 * now, whoever decided it last: a page that is opened a week later must not say yes of what was taken back.
 */
async function show(
  deps: CallLinkDeps,
  request: LinkRequest,
  act: CallAct,
  news: Partial<Pick<CallLinkModel, 'state'>> & {
    readonly answers?: readonly OwnAnswer[]
    readonly restored?: readonly Question[]
    readonly toBeAsked?: readonly Question[]
  } = {},
  extras: PageExtras = {},
): Promise<Answer> {
  const now = await howActStands(deps.calls, act)
  const state = news.state ?? stateOf(act)
  const asks = new Set((news.toBeAsked ?? []).map(keyOf))
  const stillNo = (one: ActAnswerNow) => one.told === 'no' && one.now !== 'yes' && !asks.has(keyOf(one))
  const registry = deps.calls.registry.current()
  const language = deps.renderer.languageOf(request)
  const item = ({ purpose, contactChannel }: Question) => ({
    purpose: purposeTitle(registry, purpose, language),
    contactChannel,
  })
  const path = `/call/${request.params.token}`
  return deps.renderer.show(
    { ...request, url: path },
    CallLinkView,
    {
      state,
      reference: act.reference,
      at: act.recordedAt,
      until: act.expiresAt,
      questions: pendingOf(act).flatMap((one) => {
        const read = pinnedNotice(registry, one.notice)
        if (read === undefined) return []
        const { title, summary, text, language: said } = read
        return [
          {
            key: keyOf(one),
            purpose: title,
            contactChannel: one.contactChannel,
            summary,
            text,
            language: said,
          },
        ]
      }),
      told: now.filter(({ told }) => told === 'no').map(item),
      tookBack: now.filter(({ canComeBack }) => canComeBack).map(item),
      answers: (news.answers ?? (state === 'answered-before' ? answersNow(now) : [])).map((one) => ({
        ...item(one),
        answer: one.answer,
      })),
      stays: now.filter(stillNo).map(item),
      restored: (news.restored ?? []).map(item),
      toBeAsked: (news.toBeAsked ?? []).map(item),
      notMineAction: `${path}/not-mine`,
    },
    extras,
  )
}

async function answer(
  deps: CallLinkDeps,
  request: GuardedRequest<{ token: string }, unknown, Record<string, string>>,
): Promise<Answer> {
  const link = linkOf(deps, request)
  await deps.calls.limiter.consume(request.params.token, 'consent-link')
  const act = await actOf(deps, request)
  const asked = act.answers.filter(({ answer: said }) => said === 'yes')
  const said = asked.map((one) => ({ one, typed: request.body[`choice.${keyOf(one)}`] }))
  const missing: FieldIssue[] = said
    .filter(({ typed }) => typed !== 'yes' && typed !== 'no')
    .map(({ one }) => ({ field: `choice.${keyOf(one)}`, code: 'answer-needed' }))
  if (stateOf(act) === 'asks' && missing.length > 0) {
    return show(deps, request, act, {}, { fieldErrors: missing })
  }
  const answers = said.flatMap(({ one, typed }): readonly OwnAnswer[] =>
    typed === 'yes' || typed === 'no'
      ? [{ purpose: one.purpose, contactChannel: one.contactChannel, answer: typed }]
      : [],
  )
  const language = deps.renderer.languageOf(request)
  const outcome = await confirmCallChoices(deps.calls, {
    link,
    evidence: { ...request.evidence, language },
    answers,
  })
  const after = (await callActOf(deps.calls, link)) ?? act
  const told = {
    confirmed: 'answered',
    'answered-before': 'answered-before',
    overtaken: 'overtaken',
  } as const
  return show(deps, request, after, {
    state: after.disownedAt === undefined ? told[outcome.outcome] : 'disowned',
    ...(outcome.outcome === 'confirmed' && after.disownedAt === undefined
      ? { answers: outcome.answers }
      : {}),
  })
}

/** Opening the page does nothing, since mail scanners open pages; each of its two buttons says what it does. */
const routes = (deps: CallLinkDeps): readonly Route[] => [
  defineRoute({
    name: 'consent-links.call',
    method: 'GET',
    path: '/call/:token',
    caller: { who: 'anyone' },
    params: tokenParams,
    answers: [200],
    handle: async (request) => show(deps, request, await actOf(deps, request)),
  }),
  defineRoute({
    name: 'consent-links.call.answer',
    method: 'POST',
    path: '/call/:token',
    caller: { who: 'anyone' },
    authority: 'address',
    params: tokenParams,
    body: { type: 'form', schema: answerBody },
    answers: [200, 422],
    handle: (request) => answer(deps, request),
  }),
  defineRoute({
    name: 'consent-links.call.not-mine',
    method: 'POST',
    path: '/call/:token/not-mine',
    caller: { who: 'anyone' },
    authority: 'address',
    params: tokenParams,
    answers: [200],
    handle: async (request) => {
      const link = linkOf(deps, request)
      await deps.calls.limiter.consume(request.params.token, 'consent-link')
      const language = deps.renderer.languageOf(request)
      const undone = await disownCallAct(deps.calls, {
        link,
        evidence: { ...request.evidence, language },
      })
      return show(deps, request, await actOf(deps, request), { state: 'disowned', ...undone })
    },
  }),
]

/** The page behind the message about a call: the customer's own answer to what was read to them, or their "not me". */
export const callLinkChannel = (deps: CallLinkDeps): Channel => ({
  id: 'web',
  name: 'call-links',
  routes: routes(deps),
})
