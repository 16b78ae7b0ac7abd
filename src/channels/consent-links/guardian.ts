import { z } from 'zod'
import { GuardianView } from '../../../views/consent-links/guardian.tsx'
import { type GuardianDoneModel, GuardianDoneView } from '../../../views/consent-links/guardian-done.tsx'
import { translator } from '../../../views/page.tsx'
import {
  type AnsweredChoice,
  childName,
  guardianQuestions,
  noticeFor,
  openGuardianLink,
  openInvitation,
  type PublishedNotice,
  type PublishedRegistry,
  purposeTitle,
  recordChoices,
  requestConfirmations,
  type StandingChoice,
  sealGuardianYesLink,
  sendGuardianCode,
  sendGuardianReceipt,
  verifyGuardian,
} from '../../features/consent/index.ts'
import { codeMinutes } from '../../features/identity/index.ts'
import { type FieldIssue, gone, PlacetError } from '../../kernel/errors.ts'
import type { SubjectId } from '../../kernel/ids.ts'
import type { Answer } from '../../platform/web/answer.ts'
import { defineRoute } from '../../platform/web/define-route.ts'
import type { GuardedRequest, Route } from '../../platform/web/route.ts'
import {
  formAddress,
  formQuery,
  type ReadChoices,
  readChoices,
  shownAgain,
  withTyped,
} from '../choices-form.ts'
import type { PageExtras } from '../page-renderer.ts'
import { asNewQuestions, type CardNews, purposeCards } from '../purpose-cards.ts'
import { type ConsentLinksDeps, tokenParams } from './links-deps.ts'

type LinkRequest = GuardedRequest<{ token: string }, unknown, unknown>

const ownFields = new Set(['code', 'name', 'statement', 'all', 'decide'])
const choiceField = /^(?:choice|shown|was)\.[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)+$/

const answerBody = z
  .record(z.string().max(120), z.string().max(400))
  .refine((fields) => Object.keys(fields).length <= 300, 'code:too-many-fields')
  .refine(
    (fields) => Object.keys(fields).every((name) => ownFields.has(name) || choiceField.test(name)),
    'code:field-unknown',
  )

const linkOf = (deps: ConsentLinksDeps, { params }: LinkRequest) => {
  const link = openGuardianLink(deps.sealedTokens, params.token, deps.clock.now())
  if (link === undefined) throw gone('link-expired', 'This link is no longer valid.')
  return link
}

async function questionsFor(
  deps: ConsentLinksDeps,
  subjectId: SubjectId,
): Promise<readonly StandingChoice[]> {
  const known = await deps.ledger.facts.find(subjectId)
  const registry = deps.ledger.registry.current()
  const now = deps.clock.now().getTime()
  return known === undefined ? [] : guardianQuestions(deps.house, known.facts, registry, now)
}

async function show(
  deps: ConsentLinksDeps,
  request: LinkRequest,
  shown: {
    readonly codeSent: boolean
    readonly name?: string
    readonly typed?: ReadonlyMap<string, 'yes' | 'no'>
    readonly news?: CardNews
  },
  extras: PageExtras = {},
): Promise<Answer> {
  const link = linkOf(deps, request)
  await openInvitation(deps.guardians, link)
  const questions = await questionsFor(deps, link.subjectId)
  const language = deps.renderer.languageOf(request)
  // The guardian answers for themselves: what the child said is told in the lead and presets nothing.
  const cards = asNewQuestions(purposeCards(questions, deps.ledger.registry.current(), language, shown.news))
  const path = `/guardian/${request.params.token}`
  return deps.renderer.show(
    { ...request, url: formAddress(request.url, path, deps.entropy) },
    GuardianView,
    {
      child: await childName(deps.guardians, link.subjectId),
      purposes: withTyped(cards, shown.typed ?? new Map()),
      codeSent: shown.codeSent,
      codeAction: `${path}/code`,
      minutesValid: codeMinutes,
      ...(shown.name === undefined ? {} : { name: shown.name }),
    },
    extras,
  )
}

/** What is wrong with the guardian's own particulars, before anybody looks at the code: a try at it is not wasted. */
function issuesOf(fields: Readonly<Record<string, string>>): readonly FieldIssue[] {
  const issues: FieldIssue[] = []
  if (!/^\d{6}$/.test((fields['code'] ?? '').replaceAll(/[\s-]/g, ''))) {
    issues.push({ field: 'code', code: 'code-invalid' })
  }
  if ((fields['name'] ?? '').trim().length < 3) issues.push({ field: 'name', code: 'name-required' })
  if (fields['statement'] !== 'yes') issues.push({ field: 'statement', code: 'statement-required' })
  return issues
}

/** The wordings of today, where they are not those that were on the form. */
const changedTexts = (
  registry: PublishedRegistry,
  choices: readonly AnsweredChoice[],
): readonly PublishedNotice[] =>
  choices.flatMap(({ purpose, notice }) => {
    const now = noticeFor(registry, purpose, notice.language)
    return now === undefined || now.textHash === notice.textHash ? [] : [now]
  })

async function answer(
  deps: ConsentLinksDeps,
  request: GuardedRequest<{ token: string }, { once?: string | undefined }, Record<string, string>>,
): Promise<Answer> {
  const { body } = request
  const link = linkOf(deps, request)
  const read = readChoices(body, { unanswered: 'not-answered' })
  const shown = { codeSent: true, name: body['name'] ?? '', typed: read.typed, notices: read.notices }
  const issues = [...issuesOf(body), ...read.issues]
  if (issues.length > 0) return show(deps, request, shown, { fieldErrors: issues })
  const asked = new Set(
    (await questionsFor(deps, link.subjectId)).map(({ key }) => `${key.purpose}.${key.contactChannel}`),
  )
  // The child took everything back meanwhile: the page says so, and nobody is asked for anything.
  if (asked.size === 0) return show(deps, request, shown)
  const choices = read.choices.filter((choice) => asked.has(`${choice.purpose}.${choice.contactChannel}`))
  if (choices.length < asked.size) {
    return show(deps, request, shown, { formError: { code: 'guardian-answer' } })
  }
  // Before the code is spent: whoever has to read a new text shall not have to ask for another one as well.
  const current = changedTexts(deps.ledger.registry.current(), choices)
  if (current.length > 0) {
    const { typed, formError, ...news } = shownAgain({ outcome: 'stale', current }, shown)
    return show(deps, request, { ...shown, typed, news }, { formError })
  }
  return keep(deps, request, choices, shown)
}

async function keep(
  deps: ConsentLinksDeps,
  request: GuardedRequest<{ token: string }, { once?: string | undefined }, Record<string, string>>,
  choices: readonly AnsweredChoice[],
  shown: {
    readonly codeSent: boolean
    readonly name: string
    readonly typed: ReadonlyMap<string, 'yes' | 'no'>
    readonly notices: ReadChoices['notices']
  },
): Promise<Answer> {
  const link = linkOf(deps, request)
  const { subjectId } = link
  const language = deps.renderer.languageOf(request)
  const evidence = { ...request.evidence, surface: 'guardian-link', language }
  let kept: GuardianDoneModel['kept']
  const registry = deps.ledger.registry.current()
  const answers = choices.map(({ purpose, answer: said }) => ({
    purpose: purposeTitle(registry, purpose, language),
    answer: said === 'yes' ? ('yes' as const) : ('no' as const),
  }))
  try {
    const { guardianId } = await verifyGuardian(deps.guardians, {
      link,
      evidence,
      code: request.body['code'] ?? '',
      network: request.network,
      name: shown.name.trim(),
      statement: translator(language)('guardian.statement'),
    })
    const outcome = await recordChoices(deps.ledger, {
      subjectId,
      actor: { kind: 'guardian', guardianId, assurance: 'code' },
      evidence,
      idempotencyKey: request.query.once ?? deps.entropy.id<'form'>(),
      ...deps.house,
      choices,
    })
    if (outcome.outcome === 'stale' || outcome.outcome === 'overtaken') {
      const { typed, formError, ...news } = shownAgain(outcome, shown)
      return show(deps, request, { ...shown, typed, news }, { formError })
    }
    if (outcome.outcome === 'recorded') {
      kept = await keptBy(deps, { link, guardianId, receiptId: outcome.receiptId, language, answers })
    }
  } catch (error) {
    if (!(error instanceof PlacetError)) throw error
    if (error.failure === 'too-many') {
      return show(deps, request, shown, { status: 429, formError: { code: 'too-many' } })
    }
    if (error.issues.length > 0) return show(deps, request, shown, { fieldErrors: error.issues })
    if (error.code !== 'guardian-proof-too-weak' && error.code !== 'idempotency-key-reused') throw error
    const code = error.code === 'guardian-proof-too-weak' ? error.code : 'conflict'
    return show(deps, request, shown, { formError: { code } })
  }
  await requestConfirmations(deps.confirmations, subjectId)
  return deps.renderer.show(request, GuardianDoneView, { answers, kept })
}

/** Proof and way out, on the page and by mail. A mail that cannot be sent takes nothing back: the page has both. */
async function keptBy(
  deps: ConsentLinksDeps,
  answered: Parameters<typeof sendGuardianReceipt>[2],
): Promise<NonNullable<GuardianDoneModel['kept']>> {
  const { link, guardianId, receiptId } = answered
  const yes = { subjectId: link.subjectId, guardianId, receiptId }
  const withdrawHref = `/guardian/yes/${sealGuardianYesLink(deps.sealedTokens, yes, deps.clock.now())}`
  const mailed = await sendGuardianReceipt(deps.guardians, deps.proofs, answered).then(
    () => true,
    (error: unknown) => {
      if (error instanceof PlacetError && error.failure === 'unavailable') return false
      throw error
    },
  )
  return { receiptHref: `${withdrawHref}/receipt`, withdrawHref, mailed }
}

/** For whoever holds parental responsibility: a code to the mailbox that was named, a declaration, and the answers. */
export const guardianRoutes = (deps: ConsentLinksDeps): readonly Route[] => [
  defineRoute({
    name: 'consent-links.guardian',
    method: 'GET',
    path: '/guardian/:token',
    caller: { who: 'anyone' },
    params: tokenParams,
    answers: [200],
    handle: async (request) => show(deps, request, { codeSent: false }),
  }),
  defineRoute({
    name: 'consent-links.guardian.code',
    method: 'POST',
    path: '/guardian/:token/code',
    caller: { who: 'anyone' },
    params: tokenParams,
    body: { type: 'form', schema: z.strictObject({}) },
    answers: [200, 429],
    handle: async (request) => {
      const link = linkOf(deps, request)
      const language = deps.renderer.languageOf(request)
      try {
        await sendGuardianCode(deps.guardians, { link, language, network: request.network })
      } catch (error) {
        if (!(error instanceof PlacetError) || error.failure !== 'too-many') throw error
        return show(deps, request, { codeSent: true }, { status: 429, formError: { code: 'too-many' } })
      }
      return show(deps, request, { codeSent: true })
    },
  }),
  defineRoute({
    name: 'consent-links.guardian.answer',
    method: 'POST',
    path: '/guardian/:token',
    caller: { who: 'anyone' },
    params: tokenParams,
    query: formQuery,
    body: { type: 'form', schema: answerBody },
    answers: [200, 422, 429],
    handle: async (request) => answer(deps, request),
  }),
]
