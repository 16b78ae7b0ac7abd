import { z } from 'zod'
import { StoreAnsweredView } from '../../../views/store/answered.tsx'
import { StoreAnswersView } from '../../../views/store/answers.tsx'
import { StoreBeginView } from '../../../views/store/begin.tsx'
import {
  type EnrolTx,
  enrolmentAt,
  heldAnswers,
  holdAnswers,
  openHandOff,
  type ReceiptStores,
} from '../../features/store-visits/index.ts'
import { gone } from '../../kernel/errors.ts'
import { defineRoute } from '../../platform/web/define-route.ts'
import type { GuardedRequest, Route } from '../../platform/web/route.ts'
import { type ChoicesFields, choicesBody, type ReadChoices, readChoices } from '../choices-form.ts'
import type { PageExtras } from '../page-renderer.ts'
import { answersPath } from './paths.ts'
import { isOfStore, questionsFor } from './questions.ts'
import type { StoreDeps } from './store-deps.ts'

/** A sealed address; whatever else stands there was not made here and is answered like one that ran out. */
export const tokenParams = z.strictObject({ token: z.string().max(4_096) })

/** What a form of questions holds, beside the cross-site token that this kind of address does without. */
export const read = (fields: ChoicesFields): ReadChoices => readChoices(fields, { unanswered: 'no' })

/**
 * The customer's own phone, beside the counter. The address in the code is taken up by a button and once. What is answered waits
 * until the mail is opened, and no page here says anything about anybody: who holds this phone is not known.
 */
export const phoneRoutes = <Tx extends EnrolTx & ReceiptStores>(deps: StoreDeps<Tx>): readonly Route[] => {
  const { enrolments, renderer } = deps
  const nameOf = (id: string) => deps.touchpoints.find(id)?.name ?? id
  const showQuestions = (request: GuardedRequest, visit: string, again?: ReadChoices, extras?: PageExtras) =>
    renderer.show(
      { ...request, url: answersPath(visit) },
      StoreAnswersView,
      { purposes: questionsFor(deps, renderer.languageOf(request), again?.typed) },
      extras,
    )
  return [
    defineRoute({
      name: 'store.begin',
      method: 'GET',
      path: '/store/:token',
      caller: { who: 'anyone' },
      params: tokenParams,
      answers: [200],
      handle: async (request) => {
        const { touchpointId, openedAt } = await enrolmentAt(enrolments, 'hand-off', request.params.token)
        if (openedAt !== undefined) throw gone('link-expired', 'This link is no longer valid.')
        return renderer.show(request, StoreBeginView, { store: nameOf(touchpointId) })
      },
    }),
    defineRoute({
      name: 'store.begin.open',
      method: 'POST',
      path: '/store/:token',
      caller: { who: 'anyone' },
      authority: 'address',
      params: tokenParams,
      answers: [200],
      handle: async (request) => {
        const language = renderer.languageOf(request)
        const { visit } = await openHandOff(enrolments, {
          token: request.params.token,
          evidence: { ...request.evidence, language },
        })
        return showQuestions(request, visit)
      },
    }),
    defineRoute({
      // Where a browser comes back to after another language or a reload; it shows the questions anew.
      name: 'store.answers',
      method: 'GET',
      path: '/store/answers/:token',
      caller: { who: 'anyone' },
      params: tokenParams,
      answers: [200],
      handle: async (request) => {
        const { answeredAt } = await enrolmentAt(enrolments, 'visit', request.params.token)
        return answeredAt === undefined
          ? showQuestions(request, request.params.token)
          : renderer.show(request, StoreAnsweredView, {})
      },
    }),
    defineRoute({
      name: 'store.answers.save',
      method: 'POST',
      path: '/store/answers/:token',
      caller: { who: 'anyone' },
      authority: 'address',
      params: tokenParams,
      body: { type: 'form', schema: choicesBody },
      answers: [200, 422],
      handle: async (request) => {
        const { token } = request.params
        const answered = read(request.body)
        if (answered.issues.length > 0)
          return showQuestions(request, token, answered, { fieldErrors: answered.issues })
        if (!isOfStore(enrolments.ledger.registry.current(), answered)) {
          return showQuestions(request, token, answered, { formError: { code: 'answer-invalid' } })
        }
        await enrolments.limiter.consume(token, 'consent-link')
        await holdAnswers(enrolments, {
          token,
          evidence: { ...request.evidence, language: renderer.languageOf(request) },
          answers: heldAnswers(answered.choices),
        })
        return renderer.show({ ...request, url: answersPath(token) }, StoreAnsweredView, {})
      },
    }),
  ]
}
