import { z } from 'zod'
import { CreatePasskeyView } from '../../../views/sign-in/create-passkey.tsx'
import { beginPasskeyRegistration, describeSubject, registerPasskey } from '../../features/identity/index.ts'
import { gone, PlacetError } from '../../kernel/errors.ts'
import { json } from '../../platform/web/answer.ts'
import type { Route } from '../../platform/web/route.ts'
import type { PageExtras } from '../page-renderer.ts'
import { passkeyBody } from './passkey-body.ts'
import { offerLater } from './passkey-offer.ts'
import type { SignInDeps } from './sign-in-deps.ts'
import { mended, stepRoutes, type Visit } from './visit.ts'

const nothing = z.strictObject({})

const proofOf = (visit: Visit) => {
  const { proof } = visit.flow
  if (proof === undefined) throw gone('interaction-expired', 'Nobody is signed in here.')
  return { subjectId: proof.subjectId, proof: { assurance: proof.assurance, at: new Date(proof.at) } }
}

/** The browser may make one by itself only where the password manager has just filled in the password. */
const maySilently = (visit: Visit) => visit.flow.proof?.assurance === 'password'

const show = (visit: Visit, extras: PageExtras = {}) =>
  visit.show(
    CreatePasskeyView,
    {
      optionsHref: visit.path('create-passkey/options'),
      action: visit.path('create-passkey'),
      skipAction: visit.path('create-passkey/skip'),
      silent: maySilently(visit),
    },
    { at: 'create-passkey', ...extras },
  )

/** An offer: yes and no cost one click each. */
export function createPasskeyRoutes(deps: SignInDeps): readonly Route[] {
  const route = stepRoutes(deps)
  const identity = { ...deps, ...deps.artefacts, passkeys: deps.reads.passkeys }
  return [
    route(
      {
        step: 'create-passkey',
        name: 'create-passkey',
        method: 'GET',
        page: 'create-passkey',
        answers: [200],
      },
      async (visit) => show(visit),
    ),
    route(
      {
        step: 'create-passkey',
        name: 'create-passkey.options',
        method: 'POST',
        page: 'create-passkey/options',
        limit: 'passkey-options-network',
        answers: [200],
      },
      async (visit) => {
        await visit.counted()
        const { subjectId } = proofOf(visit)
        const subject = await describeSubject(deps, subjectId)
        const options = await beginPasskeyRegistration(identity, {
          subjectId,
          accountName: subject?.email ?? visit.flow.email ?? '',
          boundTo: visit.boundTo,
          silently: maySilently(visit) && visit.request.header('x-passkey-silent') === '1',
        })
        return json(options)
      },
    ),
    route(
      {
        step: 'create-passkey',
        name: 'create-passkey.answer',
        method: 'POST',
        page: 'create-passkey',
        body: passkeyBody,
        answers: [401, 403, 422, 429, 503],
      },
      async (visit, { response, automatic }) => {
        try {
          const silently = maySilently(visit) && automatic === '1'
          return await keepPasskey(deps, visit, response, silently)
        } catch (error) {
          const refused = error instanceof PlacetError && error.code === 'passkey-refused'
          return show(visit, refused ? { formError: { code: 'passkey-failed' } } : mended(error))
        }
      },
    ),
    route(
      {
        step: 'create-passkey',
        name: 'create-passkey.skip',
        method: 'POST',
        page: 'create-passkey/skip',
        body: nothing,
        answers: [],
      },
      async (visit) => visit.advance({ ...visit.flow, passkeyOffer: 'declined' }, [offerLater]),
    ),
  ]
}

async function keepPasskey(deps: SignInDeps, visit: Visit, response: string, silently: boolean) {
  const { evidence, flow } = visit
  const { subjectId, proof } = proofOf(visit)
  const { name } = await registerPasskey(
    { ...deps, ...deps.artefacts },
    { subjectId, response, silently, proof, evidence, boundTo: visit.boundTo, fallbackName: 'Passkey' },
  )
  const news = { event: 'passkey-added', at: visit.now, detail: name, evidence } as const
  deps.later(() => deps.mail.tell(subjectId, news))
  return visit.advance({ ...flow, passkeyOffer: 'made', hasPasskey: true })
}
