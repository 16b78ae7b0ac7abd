import { beginPasskeySignIn, signInWithPasskey } from '../../features/identity/index.ts'
import { PlacetError } from '../../kernel/errors.ts'
import { json } from '../../platform/web/answer.ts'
import type { Route } from '../../platform/web/route.ts'
import type { PageExtras } from '../page-renderer.ts'
import { withProof } from './flow.ts'
import { showIdentify } from './identify-page.ts'
import type { Step } from './journey.ts'
import { passkeyBody } from './passkey-body.ts'
import type { SignInDeps } from './sign-in-deps.ts'
import { mended, stepRoutes, type Visit } from './visit.ts'

/**
 * Signing in with a passkey, and confirming with one in a step-up. After a passkey nothing else is asked. Options never
 * depend on an address; in a step-up they name the passkeys of the person who is already proven, and only theirs count.
 */
export function usePasskeyRoutes(deps: SignInDeps): readonly Route[] {
  const route = stepRoutes(deps)
  const identity = { ...deps, ...deps.artefacts, passkeys: deps.reads.passkeys, work: deps.entrances }
  const options = (step: Step, page: string) =>
    route(
      {
        step,
        name: `${step}.passkey-options`,
        method: 'POST',
        page: `${page}/options`,
        limit: 'passkey-options-network',
        answers: [200],
      },
      async (visit) => {
        await visit.counted()
        return json(await beginPasskeySignIn(identity, { boundTo: visit.boundTo, ...whose(step, visit) }))
      },
    )
  const answer = (step: Step, page: string) =>
    route(
      {
        step,
        name: `${step}.passkey`,
        method: 'POST',
        page,
        body: passkeyBody,
        answers: [403, 422, 429, 503],
      },
      async (visit, { response }) => {
        try {
          const proof = await signInWithPasskey(identity, {
            response,
            boundTo: visit.boundTo,
            evidence: visit.evidence,
            ...whose(step, visit),
          })
          return await visit.advance(withProof(visit.flow, proof))
        } catch (error) {
          return showAgain(deps, visit, step, response, error)
        }
      },
    )
  return [
    options('identify', 'passkey'),
    answer('identify', 'passkey'),
    route(
      { step: 'step-up', name: 'step-up', method: 'GET', page: 'step-up', answers: [200] },
      async (visit) => showStepUp(visit),
    ),
    options('step-up', 'step-up'),
    answer('step-up', 'step-up'),
  ]
}

const whose = (step: Step, { flow }: Visit) =>
  step === 'step-up' && flow.proof !== undefined ? { subjectId: flow.proof.subjectId } : {}

const showStepUp = (visit: Visit, extras: PageExtras = {}) =>
  showIdentify(visit, {
    passkeyPage: 'step-up',
    extras: { notice: { kind: 'info', key: 'error.step-up-needed' }, ...extras },
  })

function showAgain(deps: SignInDeps, visit: Visit, step: Step, response: string, error: unknown) {
  const code = error instanceof PlacetError ? error.code : undefined
  const extras = code === 'passkey-refused' ? { formError: { code: 'passkey-failed' } } : mended(error)
  if (step === 'step-up') return showStepUp(visit, extras)
  const credentialId = code === 'passkey-unknown' ? credentialIdIn(response) : undefined
  return showIdentify(visit, {
    extras,
    ...(credentialId === undefined ? {} : { unknownPasskey: { rpId: deps.relyingParty.rpId, credentialId } }),
  })
}

/** It was read as one before it was found to be nobody's. */
function credentialIdIn(response: string): string | undefined {
  const answer: unknown = JSON.parse(response)
  return typeof answer === 'object' && answer !== null && 'id' in answer && typeof answer.id === 'string'
    ? answer.id
    : undefined
}
