import { z } from 'zod'
import { CheckAnswersView } from '../../../views/sign-in/check-answers.tsx'
import {
  emailIndex,
  parseEmailAddress,
  registerSubject,
  signInWithCode,
} from '../../features/identity/index.ts'
import {
  type Declaration,
  declareAttributesWithin,
  readTypedValue,
  wordsIn,
} from '../../features/profile/index.ts'
import { gone, PlacetError } from '../../kernel/errors.ts'
import type { Route } from '../../platform/web/route.ts'
import type { PageExtras } from '../page-renderer.ts'
import { askedDetails } from './asked-details.ts'
import { withProof } from './flow.ts'
import type { SignInDeps } from './sign-in-deps.ts'
import { mended, stepRoutes, type Visit } from './visit.ts'

const body = z.strictObject({})

/** The last page before there is an account; what it shows is what will be kept. */
export function checkAnswersRoutes(deps: SignInDeps): readonly Route[] {
  const route = stepRoutes(deps)
  const show = async (visit: Visit, extras: PageExtras = {}) => {
    const { answers = {}, email = '' } = visit.flow
    const details = (await askedDetails(deps)).map(({ attribute }) => {
      const value = answers[attribute.attributeId]
      return {
        label: { text: wordsIn(attribute.labels, visit.language) ?? attribute.attributeId },
        values: value === undefined ? [] : [value],
        changeHref: visit.path('your-details'),
      }
    })
    return visit.show(
      CheckAnswersView,
      {
        details: [
          { label: 'createAccount.email', values: [email], changeHref: visit.path('create-account') },
          ...details,
        ],
        permissions: [],
        backHref: visit.path('your-details'),
      },
      extras,
    )
  }
  return [
    route(
      { step: 'check-answers', name: 'check-answers', method: 'GET', page: 'check-answers', answers: [200] },
      async (visit) => show(visit),
    ),
    route(
      {
        step: 'check-answers',
        name: 'check-answers.answer',
        method: 'POST',
        page: 'check-answers',
        body,
        answers: [403, 422, 429, 503],
      },
      async (visit) => {
        try {
          return await createAccount(deps, visit)
        } catch (error) {
          return show(visit, mended(error))
        }
      },
    ),
  ]
}

async function createAccount(deps: SignInDeps, visit: Visit) {
  const { flow, evidence, language } = visit
  const { mailbox, answers = {}, passwordHash } = flow
  const email = mailbox === undefined ? undefined : parseEmailAddress(mailbox.email)
  if (mailbox === undefined || email === undefined)
    throw gone('interaction-expired', 'The mailbox is not proven.')
  await deps.limiter.consume(visit.request.network, 'registration-network')
  const declarations = (await askedDetails(deps)).flatMap(({ attribute }): Declaration[] => {
    const { value } = readTypedValue(attribute, answers[attribute.attributeId] ?? '')
    return value === undefined ? [] : [{ attributeId: attribute.attributeId, value }]
  })
  try {
    const subjectId = await registerSubject(
      deps,
      {
        email,
        emailProvenAt: new Date(mailbox.at),
        language,
        jurisdiction: deps.jurisdiction,
        evidence,
        ...(passwordHash === undefined ? {} : { passwordHash }),
      },
      (tx, subjectId) =>
        declareAttributesWithin(deps, tx, {
          subjectId,
          declarations,
          provenance: 'declared',
          source: `${evidence.channel}:${evidence.surface}`,
          actor: { kind: 'subject', subjectId, assurance: 'code' },
          evidence,
        }),
    )
    const proof = { subjectId, assurance: 'code', at: visit.now, hasPasskey: false } as const
    return await visit.advance({ ...withProof(flow, proof), registered: true })
  } catch (error) {
    if (!(error instanceof PlacetError) || error.code !== 'identifier-taken') throw error
    return signInInstead(deps, visit)
  }
}

/** The account came to be in another tab, by the same mailbox: they have proven it, so they are let in. */
async function signInInstead(deps: SignInDeps, visit: Visit) {
  const email = parseEmailAddress(visit.flow.mailbox?.email ?? '')
  const subjectId = email && (await deps.reads.identifiers.findAccount(emailIndex(deps.blindIndex, email)))
  if (subjectId === undefined) throw gone('interaction-expired', 'The account is gone again.')
  const proof = await signInWithCode(
    { ...deps, work: deps.entrances },
    { subjectId, evidence: visit.evidence },
  )
  return visit.advance(withProof(visit.flow, proof))
}
