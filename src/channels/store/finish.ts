import { z } from 'zod'
import type { SavedChoice } from '../../../views/sign-in/saved-choices.tsx'
import { type StoreFinishModel, StoreFinishView } from '../../../views/store/finish.tsx'
import { findReceipt, purposeTitle } from '../../features/consent/index.ts'
import {
  type Deciding,
  disownEnrolment,
  type Enrolment,
  type EnrolTx,
  enrolmentAt,
  type Finished,
  finishEnrolment,
  type HeldAnswer,
  heldAnswers,
  markOfHeld,
  type ReceiptStores,
  readDecided,
  readHeldAnswers,
} from '../../features/store-visits/index.ts'
import type { Answer } from '../../platform/web/answer.ts'
import { defineRoute } from '../../platform/web/define-route.ts'
import type { GuardedRequest, Route } from '../../platform/web/route.ts'
import { choicesBody, type ReadChoices } from '../choices-form.ts'
import type { PageExtras } from '../page-renderer.ts'
import { savedChoicesOf, waitingOf } from '../saved-choices.ts'
import { confirmPath, finishPath, notMePath, ownAnswersPath } from './paths.ts'
import { read, tokenParams } from './phone.ts'
import { isOfStore, questionsFor } from './questions.ts'
import type { StoreDeps } from './store-deps.ts'

type Request = GuardedRequest<{ token: string }, unknown, unknown>

/**
 * What the mail leads to. Whoever reads the address sees what was answered in its name, and confirms it, answers it first, or
 * says that it was not them. Opening the page does nothing, since mail scanners open pages.
 */
export const finishRoutes = <Tx extends EnrolTx & ReceiptStores>(deps: StoreDeps<Tx>): readonly Route[] => {
  const { enrolments, renderer } = deps
  const { ledger, house } = enrolments
  const storeOf = ({ touchpointId }: Enrolment) => deps.touchpoints.find(touchpointId)?.name ?? touchpointId
  const show = (request: Request, model: StoreFinishModel, extras?: PageExtras, url?: string): Answer =>
    renderer.show(
      { ...request, url: url ?? finishPath(request.params.token) },
      StoreFinishView,
      model,
      extras,
    )

  const named = (answers: readonly HeldAnswer[], language: string): readonly SavedChoice[] =>
    answers.map(({ purpose, contactChannel, answer }) => ({
      purpose: purposeTitle(ledger.registry.current(), purpose, language),
      contactChannel,
      answer,
    }))

  /** How it stands. `own` asks anew where answers of the counter wait. */
  const asked = async (
    request: Request,
    enrolment: Enrolment,
    { own = false, again, extras }: { own?: boolean; again?: ReadChoices; extras?: PageExtras } = {},
  ): Promise<Answer> => {
    const { token } = request.params
    const store = storeOf(enrolment)
    const language = renderer.languageOf(request)
    const notMeAction = notMePath(token)
    if (enrolment.outcome === 'proven') {
      // What a process that died did not write down yet is decided all the same: the job does.
      const decided = await readDecided(enrolments, enrolment)
      const choices = named(decided?.answers ?? [], language)
      return show(request, { state: 'proven', store, choices, changed: false }, extras)
    }
    if (enrolment.outcome !== undefined) return show(request, { state: enrolment.outcome, store }, extras)
    if (enrolment.identifierId === undefined) {
      return show(request, { state: 'account', store, notMeAction }, extras)
    }
    const held = await readHeldAnswers(enrolments, enrolment)
    if (held.length === 0 || own) {
      const purposes = questionsFor(deps, language, again?.typed)
      const model = { state: 'to-answer', store, purposes, action: finishPath(token), notMeAction } as const
      return show(request, model, extras, own ? ownAnswersPath(token) : undefined)
    }
    return show(
      request,
      {
        state: 'answered',
        store,
        choices: named(held, language),
        seen: markOfHeld(held),
        confirmAction: confirmPath(token),
        ownHref: ownAnswersPath(token),
        notMeAction,
      },
      extras,
    )
  }

  const done = async (request: Request, enrolment: Enrolment, finished: Finished): Promise<Answer> => {
    const store = storeOf(enrolment)
    if (finished.outcome === 'unseen') return asked(request, enrolment)
    if (finished.outcome !== 'proven') return show(request, { state: finished.outcome, store })
    const { choices: outcome } = finished
    const { subjectId } = enrolment
    const receipt =
      outcome?.outcome === 'recorded'
        ? await findReceipt(
            { records: ledger.records, sealer: enrolments.sealer },
            { subjectId, receiptId: outcome.receiptId },
          )
        : undefined
    const choices =
      receipt === undefined
        ? []
        : savedChoicesOf(
            receipt.claims,
            ledger.registry.current(),
            renderer.languageOf(request),
            await waitingOf(ledger, house, subjectId),
          )
    const changed = outcome?.outcome === 'stale' || outcome?.outcome === 'overtaken'
    return show(request, { state: 'proven', store, choices, changed })
  }

  const decide = async (request: Request, deciding: Deciding): Promise<Answer> => {
    const { token } = request.params
    const enrolment = await enrolmentAt(enrolments, 'mail', token)
    await enrolments.limiter.consume(token, 'consent-link')
    const evidence = { ...request.evidence, language: renderer.languageOf(request) }
    return done(request, enrolment, await finishEnrolment(enrolments, { token, evidence, deciding }))
  }

  return [
    defineRoute({
      name: 'store.finish',
      method: 'GET',
      path: '/store/finish/:token',
      caller: { who: 'anyone' },
      params: tokenParams,
      query: z.object({ own: z.literal('1').optional().catch(undefined) }),
      answers: [200],
      handle: async (request) =>
        asked(request, await enrolmentAt(enrolments, 'mail', request.params.token), {
          own: request.query.own !== undefined,
        }),
    }),
    defineRoute({
      // The owner's own answers, which count whatever was answered at the counter.
      name: 'store.finish.answer',
      method: 'POST',
      path: '/store/finish/:token',
      caller: { who: 'anyone' },
      authority: 'address',
      params: tokenParams,
      body: { type: 'form', schema: choicesBody },
      answers: [200, 422],
      handle: async (request) => {
        const enrolment = await enrolmentAt(enrolments, 'mail', request.params.token)
        const again = read(request.body)
        const own = again.notices.size > 0
        if (again.issues.length > 0) {
          return asked(request, enrolment, { own, again, extras: { fieldErrors: again.issues } })
        }
        if (!isOfStore(ledger.registry.current(), again)) {
          return asked(request, enrolment, { own, again, extras: { formError: { code: 'answer-invalid' } } })
        }
        return decide(request, { own: heldAnswers(again.choices) })
      },
    }),
    defineRoute({
      name: 'store.finish.confirm',
      method: 'POST',
      path: '/store/finish/:token/confirm',
      caller: { who: 'anyone' },
      authority: 'address',
      params: tokenParams,
      body: { type: 'form', schema: z.strictObject({ seen: z.string().max(100).default('') }) },
      answers: [200],
      handle: async (request) => decide(request, { seen: request.body.seen }),
    }),
    defineRoute({
      name: 'store.finish.not-me',
      method: 'POST',
      path: '/store/finish/:token/not-me',
      caller: { who: 'anyone' },
      authority: 'address',
      params: tokenParams,
      answers: [200],
      handle: async (request) => {
        const { token } = request.params
        const enrolment = await enrolmentAt(enrolments, 'mail', token)
        const outcome = await disownEnrolment(enrolments, {
          token,
          evidence: { ...request.evidence, language: renderer.languageOf(request) },
        })
        return outcome === 'disowned'
          ? show(request, { state: 'disowned', store: storeOf(enrolment) })
          : asked(request, await enrolmentAt(enrolments, 'mail', token))
      },
    }),
  ]
}
