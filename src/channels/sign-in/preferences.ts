import { z } from 'zod'
import { ContinuingView } from '../../../views/sign-in/continuing.tsx'
import { PreferencesView } from '../../../views/sign-in/preferences.tsx'
import { SavedChoicesView } from '../../../views/sign-in/saved-choices.tsx'
import {
  askedAgainFrom,
  findReceipt,
  noticeFor,
  type RecordChoicesParts,
  recordChoices,
  referenceTo,
  type ShownNotice,
  type Undecided,
  undecidedPurposes,
  whoseWord,
} from '../../features/consent/index.ts'
import type { Assurance } from '../../kernel/actor.ts'
import { gone } from '../../kernel/errors.ts'
import type { Evidence } from '../../kernel/evidence.ts'
import { parseId, type SubjectId } from '../../kernel/ids.ts'
import type { SubjectSealer } from '../../platform/crypto/index.ts'
import type { Limiter } from '../../platform/limits/index.ts'
import { type Answer, seeOther } from '../../platform/web/answer.ts'
import { defineRoute } from '../../platform/web/define-route.ts'
import type { Exchange, GuardedRequest, Route } from '../../platform/web/route.ts'
import {
  type ChoicesFields,
  choicesBody,
  formAddress,
  formQuery,
  paceYeses,
  readChoices,
  type ShownAgain,
  shownAgain,
  spent,
  withTyped,
} from '../choices-form.ts'
import type { PageExtras, PageRenderer } from '../page-renderer.ts'
import { asNewQuestions, purposeCards } from '../purpose-cards.ts'
import { savedChoicesOf, waitingOf } from '../saved-choices.ts'
import type { OpenInteraction } from './engine.ts'
import { interactionBase, interactionParams, interactionPath } from './paths.ts'

export interface PreferencesDeps {
  readonly renderer: PageRenderer
  readonly interactions: {
    open(exchange: Exchange): Promise<OpenInteraction>
    purposesAnswered(exchange: Exchange): Promise<string>
  }
  /** How surely the person of this browser's session proved who they are: it goes into the evidence. */
  readonly currentSession?: (
    exchange: Exchange,
  ) => Promise<
    { readonly subjectId: SubjectId; readonly assurance: Assurance; readonly sessionRef?: string } | undefined
  >
  readonly choices: RecordChoicesParts
  readonly limiter: Limiter
  readonly sealer: Pick<SubjectSealer, 'openText'>
  readonly house: { readonly controller: string; readonly brand: string }
  /** Told of each prompt and of its answer; see there why nothing is written here. */
  readonly asked?: {
    shown(subjectId: SubjectId, evidence: Evidence, questions: readonly ShownNotice[]): void
    answered(subjectId: SubjectId): void
  }
  /** Told after the ledger has it: what asks for confirmations. */
  readonly onRecorded?: (subjectId: SubjectId) => void
}

interface Asked {
  readonly request: GuardedRequest
  readonly open: OpenInteraction
  readonly subjectId: SubjectId
  readonly language: string
  readonly undecided: readonly Undecided[]
}

type InteractionRequest = GuardedRequest<{ uid: string }, unknown, unknown>

/** The interaction of this browser, at the point where the engine waits for the person's preferences; else the way there. */
async function openAsked(deps: PreferencesDeps, request: InteractionRequest): Promise<Asked | Answer> {
  const open = await deps.interactions.open(request.exchange)
  if (open.uid !== request.params.uid) throw gone('interaction-expired', 'This page is not open any more.')
  const { subjectId } = open
  if (open.prompt !== 'purposes' || subjectId === undefined) return seeOther(interactionPath(open.uid))
  const language = deps.renderer.languageOf(request, open.uiLocales.join(' '))
  const undecided = await undecidedPurposes(deps.choices, { subjectId, ...deps.house })
  return { request, open, subjectId, language, undecided }
}

const reasonOf = (undecided: readonly Undecided[]): Undecided['because'] => {
  const reasons = new Set(undecided.map(({ because }) => because))
  const [only] = reasons
  return reasons.size === 1 && only !== undefined ? only : 'first-time'
}

async function showPreferences(
  deps: PreferencesDeps,
  asked: Asked,
  { typed = new Map(), ...again }: Partial<Pick<ShownAgain, 'typed' | 'read' | 'overtaken'>> = {},
  extras: PageExtras = {},
): Promise<Answer> {
  const { request, open, undecided, language, subjectId } = asked
  const registry = deps.choices.registry.current()
  const now = deps.choices.clock.now()
  const known = await deps.choices.facts.find(subjectId)
  const word = known && whoseWord(deps.house, known.facts, registry, now.getTime())
  const cards = purposeCards(
    undecided.map(({ choice }) => choice),
    registry,
    language,
    { now, ...again },
  )
  const questions = undecided.flatMap(({ choice: { key } }) => {
    const notice = noticeFor(registry, key.purpose, language)
    const { purpose, contactChannel } = key
    return notice === undefined ? [] : [{ purpose, contactChannel, notice: referenceTo(notice) }]
  })
  deps.asked?.shown(subjectId, { ...request.evidence, language, clientId: open.clientId }, questions)
  const from = askedAgainFrom(undecided, now.getTime())
  const path = interactionPath(open.uid, 'preferences')
  return deps.renderer.show(
    { ...request, url: formAddress(request.url, path, deps.choices.entropy) },
    PreferencesView,
    {
      purposes: withTyped(asNewQuestions(cards), typed),
      reason: reasonOf(undecided),
      ...(from === undefined ? {} : { askedAgainFrom: new Date(from) }),
      ...(word?.alone === false ? { guardianUntilAge: word.consentAge } : {}),
    },
    { clientName: open.clientName, uiLocales: open.uiLocales.join(' '), ...extras },
  )
}

const isAnswer = (found: Asked | Answer): found is Answer => 'kind' in found

async function goOn(
  deps: PreferencesDeps,
  { request, open }: Pick<Asked, 'request' | 'open'>,
): Promise<Answer> {
  const href = await deps.interactions.purposesAnswered(request.exchange)
  const { clientName, uiLocales } = open
  return deps.renderer.show(
    request,
    ContinuingView,
    { href, clientName },
    { clientName, uiLocales: uiLocales.join(' ') },
  )
}

async function keep(
  deps: PreferencesDeps,
  asked: Asked,
  fields: ChoicesFields,
  once: string | undefined,
): Promise<Answer> {
  const { request, open, subjectId, language } = asked
  const read = readChoices(fields, { unanswered: 'no' })
  if (read.issues.length > 0) return showPreferences(deps, asked, read, { fieldErrors: read.issues })
  if (read.choices.length === 0) return goOn(deps, asked)
  await paceYeses(deps.limiter, subjectId, read.choices)
  const session = await deps.currentSession?.(request.exchange)
  const own = session?.subjectId === subjectId ? session : undefined
  const outcome = await recordChoices(deps.choices, {
    subjectId,
    actor: {
      kind: 'subject',
      subjectId,
      assurance: own?.assurance ?? 'none',
      ...(own?.sessionRef === undefined ? {} : { sessionRef: own.sessionRef }),
    },
    evidence: { ...request.evidence, language, clientId: open.clientId },
    idempotencyKey: once ?? deps.choices.entropy.id<'form'>(),
    ...deps.house,
    choices: read.choices,
  }).catch(spent)
  if (outcome.outcome === 'spent' || outcome.outcome === 'stale' || outcome.outcome === 'overtaken') {
    const { formError, ...again } = shownAgain(outcome, read)
    const now = { ...asked, undecided: await undecidedPurposes(deps.choices, { subjectId, ...deps.house }) }
    // Everything was answered elsewhere meanwhile: there is nothing left to ask.
    return now.undecided.length === 0 ? goOn(deps, asked) : showPreferences(deps, now, again, { formError })
  }
  deps.asked?.answered(subjectId)
  if (outcome.outcome === 'recorded') deps.onRecorded?.(subjectId)
  if (read.later || outcome.outcome === 'unchanged') return goOn(deps, asked)
  return seeOther(`${interactionPath(open.uid, 'saved-choices')}?receipt=${outcome.receiptId}`)
}

/**
 * What the person is asked while signing in: purposes nobody asked them about yet, or whose text changed. Yes and no are
 * alike, putting it off is possible, and none of it stands between them and where they were going. What they decided is
 * in the ledger before the engine hears that it may go on.
 */
export const preferencesRoutes = (deps: PreferencesDeps): readonly Route[] => [
  defineRoute({
    name: 'sign-in.preferences',
    method: 'GET',
    path: `${interactionBase}/preferences`,
    caller: { who: 'anyone' },
    params: interactionParams,
    answers: [200, 303],
    policy: 'redirects-to-clients',
    handle: async (request) => {
      const asked = await openAsked(deps, request)
      if (isAnswer(asked)) return asked
      if (asked.undecided.length === 0) return seeOther(interactionPath(asked.open.uid, 'saved-choices'))
      return showPreferences(deps, asked)
    },
  }),
  defineRoute({
    name: 'sign-in.preferences.answer',
    method: 'POST',
    path: `${interactionBase}/preferences`,
    caller: { who: 'anyone' },
    params: interactionParams,
    query: formQuery,
    body: { type: 'form', schema: choicesBody },
    answers: [200, 303, 422],
    policy: 'redirects-to-clients',
    handle: async (request) => {
      const asked = await openAsked(deps, request)
      return isAnswer(asked) ? asked : keep(deps, asked, request.body, request.query.once)
    },
  }),
  defineRoute({
    name: 'sign-in.saved-choices',
    method: 'GET',
    path: `${interactionBase}/saved-choices`,
    caller: { who: 'anyone' },
    params: interactionParams,
    query: z.object({ receipt: z.string().max(64).optional() }),
    answers: [200, 303],
    policy: 'redirects-to-clients',
    handle: async (request) => {
      const asked = await openAsked(deps, request)
      if (isAnswer(asked)) return asked
      const receiptId = parseId<'receipt'>(request.query.receipt)
      const receipt =
        receiptId === undefined
          ? undefined
          : await findReceipt(
              { records: deps.choices.records, sealer: deps.sealer },
              { subjectId: asked.subjectId, receiptId },
            )
      const { open, language } = asked
      return deps.renderer.show(
        request,
        SavedChoicesView,
        {
          choices:
            receipt === undefined
              ? []
              : savedChoicesOf(
                  receipt.claims,
                  deps.choices.registry.current(),
                  language,
                  await waitingOf(deps.choices, deps.house, asked.subjectId),
                ),
          ...(receipt === undefined ? {} : { receiptHref: `/privacy/receipts/${receipt.receiptId}` }),
          permissionsHref: '/privacy/permissions',
          continueAction: interactionPath(open.uid, 'saved-choices'),
        },
        { clientName: open.clientName, uiLocales: open.uiLocales.join(' ') },
      )
    },
  }),
  defineRoute({
    name: 'sign-in.saved-choices.continue',
    method: 'POST',
    path: `${interactionBase}/saved-choices`,
    caller: { who: 'anyone' },
    params: interactionParams,
    body: { type: 'form', schema: z.strictObject({}) },
    answers: [200, 303],
    policy: 'redirects-to-clients',
    handle: async (request) => {
      const open = await deps.interactions.open(request.exchange)
      if (open.uid !== request.params.uid) {
        throw gone('interaction-expired', 'This page is not open any more.')
      }
      if (open.prompt !== 'purposes') return seeOther(interactionPath(open.uid))
      return goOn(deps, { request, open })
    },
  }),
]
