import { KioskChoicesView } from '../../../views/kiosk/choices.tsx'
import { KioskDoneView } from '../../../views/kiosk/done.tsx'
import { KioskReviewView } from '../../../views/kiosk/review.tsx'
import {
  consentOverview,
  findReceipt,
  noticeFor,
  pinnedNotice,
  purposeTitle,
  recordChoices,
  whoseWord,
} from '../../features/consent/index.ts'
import { terminalClientId } from '../../features/touchpoints/index.ts'
import { meets } from '../../kernel/actor.ts'
import { unauthenticated } from '../../kernel/errors.ts'
import type { ReceiptId } from '../../kernel/ids.ts'
import type { Answer } from '../../platform/web/answer.ts'
import { defineRoute } from '../../platform/web/define-route.ts'
import type { GuardedRequest, Route } from '../../platform/web/route.ts'
import {
  type ChoicesFields,
  choicesBody,
  formAddress,
  formQuery,
  paceYeses,
  type ReadChoices,
  readChoices,
  type ShownAgain,
  shownAgain,
  spent,
  withTyped,
} from '../choices-form.ts'
import type { PageExtras } from '../page-renderer.ts'
import { asNewQuestions, purposeCards } from '../purpose-cards.ts'
import { savedChoicesOf, waitingOf } from '../saved-choices.ts'
import type { KioskDeps } from './kiosk-deps.ts'
import { kioskChoicesPath } from './paths.ts'
import { software } from './software.ts'

/** For which words a purpose must have been published to be asked about here. There is nothing to fall back on. */
const surface = 'kiosk'

type Again = Partial<Pick<ShownAgain, 'typed' | 'read' | 'overtaken'>>
type Actor = Extract<GuardedRequest['actor'], { kind: 'subject' }>

interface Visiting {
  readonly request: GuardedRequest
  readonly actor: Actor
  readonly touchpointId: string
}

function visiting(request: GuardedRequest): Visiting {
  const { actor, evidence } = request
  if (actor.kind !== 'subject' || evidence.touchpoint === undefined) {
    throw unauthenticated('kiosk-visit-over', 'This visit is over. Begin again on the screen.')
  }
  return { request, actor, touchpointId: evidence.touchpoint }
}

/**
 * Whoever proved themselves by a code alone is not asked about special categories (GDPR Art. 9): explicit consent wants more
 * than whoever reads a message (docs/adr/0032). On their own device they are asked for the rest of the proof.
 */
function isWithinProof(deps: KioskDeps, { assurance }: Actor, purpose: string): boolean {
  if (meets(assurance, 'password')) return true
  const { active, specialAttributes } = deps.choices.registry.current()
  return !(active.get(purpose)?.attributes ?? []).some((id) => specialAttributes.has(id))
}

/** The questions of this screen, always as if nobody had answered them: others may be looking. */
async function cardsFor(deps: KioskDeps, actor: Actor, language: string, again: Again = {}) {
  const { typed = new Map(), ...told } = again
  const registry = deps.choices.registry.current()
  const overview = await consentOverview(deps.choices, { subjectId: actor.subjectId, ...deps.house })
  const asked = (overview?.choices ?? []).filter(
    ({ key }) =>
      noticeFor(registry, key.purpose, language, surface) !== undefined &&
      isWithinProof(deps, actor, key.purpose),
  )
  const now = deps.choices.clock.now()
  return withTyped(asNewQuestions(purposeCards(asked, registry, language, { now, surface, ...told })), typed)
}

async function showChoices(
  deps: KioskDeps,
  { request, actor, touchpointId }: Visiting,
  again: Again = {},
  extras: PageExtras = {},
): Promise<Answer> {
  const { subjectId } = actor
  const language = deps.renderer.languageOf(request)
  const [purposes, known] = await Promise.all([
    cardsFor(deps, actor, language, again),
    deps.choices.facts.find(subjectId),
  ])
  const { clock, entropy, registry } = deps.choices
  const word = known && whoseWord(deps.house, known.facts, registry.current(), clock.now().getTime())
  return deps.renderer.show(
    { ...request, url: formAddress(request.url, kioskChoicesPath, entropy) },
    KioskChoicesView,
    {
      purposes,
      live: true,
      ...(deps.placeOf(touchpointId) === undefined ? {} : { place: deps.placeOf(touchpointId) }),
      ...(word?.alone === false ? { guardianUntilAge: word.consentAge } : {}),
    },
    extras,
  )
}

/** What a form of another surface brought along is none of this screen's (R46), nor what it did not ask. */
const isOfKiosk = (deps: KioskDeps, { actor }: Visiting, read: ReadChoices): boolean =>
  read.choices.every(({ purpose }) => isWithinProof(deps, actor, purpose)) &&
  [...read.notices.values()].every(
    (notice) => pinnedNotice(deps.choices.registry.current(), notice, surface) !== undefined,
  )

/** What was pressed, to be looked at before it counts, with the fields that say it again. */
function showReview(
  deps: KioskDeps,
  { request }: Visiting,
  fields: ChoicesFields,
  read: ReadChoices,
): Answer {
  const registry = deps.choices.registry.current()
  const language = deps.renderer.languageOf(request)
  return deps.renderer.show(
    { ...request, url: formAddress(request.url, kioskChoicesPath, deps.choices.entropy) },
    KioskReviewView,
    {
      live: true,
      choices: read.choices.flatMap(({ purpose, contactChannel, answer }) =>
        answer === 'later'
          ? []
          : [{ purpose: purposeTitle(registry, purpose, language), contactChannel, answer }],
      ),
      fields: read.choices.flatMap(({ purpose, contactChannel, answer }) => {
        const key = `${purpose}.${contactChannel}`
        const kept = [`shown.${key}`, `was.${key}`].flatMap((name) => {
          const value = fields[name]
          return value === undefined ? [] : [{ name, value }]
        })
        return [{ name: `choice.${key}`, value: answer }, ...kept]
      }),
    },
  )
}

async function showDone(deps: KioskDeps, at: Visiting, receiptId: ReceiptId | undefined): Promise<Answer> {
  const { request, actor, touchpointId } = at
  const { subjectId } = actor
  const language = deps.renderer.languageOf(request)
  const parts = { records: deps.choices.records, sealer: deps.sealer }
  const receipt = receiptId === undefined ? undefined : await findReceipt(parts, { subjectId, receiptId })
  const choices =
    receipt === undefined
      ? []
      : savedChoicesOf(
          receipt.claims,
          deps.choices.registry.current(),
          language,
          await waitingOf(deps.choices, deps.house, subjectId),
        )
  const mailed =
    receipt !== undefined &&
    (await deps.receiptMail.send(subjectId, {
      receiptId: receipt.receiptId,
      at: deps.choices.clock.now(),
      touchpoint: placeWords(deps, touchpointId),
      choices,
      language,
    }))
  return deps.renderer.show({ ...request, url: kioskChoicesPath }, KioskDoneView, {
    live: true,
    choices,
    receipt: receipt === undefined ? 'nothing-changed' : mailed ? 'mailed' : 'kept',
  })
}

function placeWords(deps: KioskDeps, touchpointId: string): string {
  const place = deps.placeOf(touchpointId)
  return place === undefined ? touchpointId : `${place.label}, ${place.store}`
}

async function save(
  deps: KioskDeps,
  at: Visiting,
  read: ReadChoices,
  once: string | undefined,
): Promise<Answer> {
  const { request, actor, touchpointId } = at
  const { subjectId } = actor
  await paceYeses(deps.limiter, subjectId, read.choices)
  const outcome = await recordChoices(deps.choices, {
    subjectId,
    actor,
    evidence: {
      ...request.evidence,
      language: deps.renderer.languageOf(request),
      touchpoint: touchpointId,
      clientId: terminalClientId(touchpointId),
    },
    idempotencyKey: once ?? deps.choices.entropy.id<'form'>(),
    ...deps.house,
    choices: read.choices,
    particulars: { software },
  }).catch(spent)
  if (outcome.outcome === 'spent' || outcome.outcome === 'stale' || outcome.outcome === 'overtaken') {
    const { formError, ...again } = shownAgain(outcome, read)
    return showChoices(deps, at, again, { formError })
  }
  if (outcome.outcome === 'unchanged') return showDone(deps, at, undefined)
  deps.onRecorded(subjectId)
  return showDone(deps, at, outcome.receiptId)
}

async function answer(
  deps: KioskDeps,
  at: Visiting,
  fields: ChoicesFields,
  once: string | undefined,
): Promise<Answer> {
  const read = readChoices(fields, { unanswered: 'not-answered' })
  if (read.issues.length > 0) return showChoices(deps, at, read, { fieldErrors: read.issues })
  if (!isOfKiosk(deps, at, read)) return showChoices(deps, at, {}, { formError: { code: 'answer-invalid' } })
  if (fields['decide'] === 'change') return showChoices(deps, at, { typed: read.typed }, { status: 200 })
  if (read.choices.length === 0) return showChoices(deps, at, {}, { formError: { code: 'nothing-answered' } })
  return fields['decide'] === 'save' ? save(deps, at, read, once) : showReview(deps, at, fields, read)
}

/**
 * What a customer decides at a kiosk: the purposes that were written for it, and nothing else about them. Answers count once
 * they were looked at again on a page of their own. No address names anything of theirs, because addresses stay behind.
 */
export const choicesRoutes = (deps: KioskDeps): readonly Route[] => [
  defineRoute({
    name: 'kiosk.choices',
    method: 'GET',
    path: kioskChoicesPath,
    caller: { who: 'kiosk-visitor' },
    answers: [200],
    handle: (request) => showChoices(deps, visiting(request)),
  }),
  defineRoute({
    name: 'kiosk.choices.answer',
    method: 'POST',
    path: kioskChoicesPath,
    caller: { who: 'kiosk-visitor' },
    query: formQuery,
    body: { type: 'form', schema: choicesBody },
    answers: [200, 422],
    handle: (request) => answer(deps, visiting(request), request.body, request.query.once),
  }),
]
