import { z } from 'zod'
import { type StoreEnrolModel, StoreEnrolView } from '../../../views/store/enrol.tsx'
import { StoreHandOffView } from '../../../views/store/hand-off.tsx'
import { parseEmailAddress } from '../../features/identity/index.ts'
import { type EnrolTx, enrolCustomer, type ReceiptStores } from '../../features/store-visits/index.ts'
import { type FieldIssue, PlacetError } from '../../kernel/errors.ts'
import { defineRoute } from '../../platform/web/define-route.ts'
import type { Route } from '../../platform/web/route.ts'
import { fieldErrorsOf, type PageExtras, type PageRequest } from '../page-renderer.ts'
import { chosenStore, ownStores, staffOf } from './own-stores.ts'
import { enrolPath, handOffPath, storePath } from './paths.ts'
import type { StoreDeps } from './store-deps.ts'

const field = (most: number) => z.string().max(most).default('')
const body = z.strictObject({ email: field(1_000), language: field(10), store: field(100) })
type Typed = z.infer<typeof body>

/** Languages that pages, mails and notices are shown in. */
export const languages: readonly string[] = ['es', 'en']

const wrongIn = (typed: Typed, store: string | undefined): readonly FieldIssue[] => [
  ...(typed.email.trim() === '' ? [{ field: 'email', code: 'email-required' }] : []),
  ...(typed.email.trim() !== '' && parseEmailAddress(typed.email) === undefined
    ? [{ field: 'email', code: 'email-invalid' }]
    : []),
  ...(languages.includes(typed.language) ? [] : [{ field: 'language', code: 'language-unknown' }]),
  ...(store === undefined ? [{ field: 'store', code: 'store-unknown' }] : []),
]

/** What can be mended on the form; anything else goes on. */
export function mendable(error: unknown): PageExtras {
  if (!(error instanceof PlacetError)) throw error
  if (error.failure === 'too-many') return { formError: { code: 'too-many' }, status: 429 }
  if (error.code === 'touchpoint-unknown' || error.code === 'out-of-scope') {
    return { fieldErrors: [{ field: 'store', code: 'store-unknown' }] }
  }
  throw error
}

/** An assistant types an address and a language. The answer shows the code once: it is in this page alone. */
export const enrolRoutes = <Tx extends EnrolTx & ReceiptStores>(deps: StoreDeps<Tx>): readonly Route[] => {
  const caller = { who: 'staff', power: 'customer.enrol' } as const
  const show = async (
    request: PageRequest & { readonly actor: Parameters<typeof ownStores>[1] },
    fields: StoreEnrolModel['fields'],
    extras?: PageExtras,
  ) =>
    deps.renderer.show(
      request,
      StoreEnrolView,
      {
        action: enrolPath,
        homeHref: storePath,
        stores: (await ownStores(deps, request.actor, 'customer.enrol')).map(({ id, name }) => ({
          id,
          name,
        })),
        fields,
      },
      extras,
    )
  return [
    defineRoute({
      name: 'store.enrol',
      method: 'GET',
      path: enrolPath,
      caller,
      answers: [200],
      handle: async (request) => show(request, { email: '', language: 'es', store: '' }),
    }),
    defineRoute({
      name: 'store.enrol.begin',
      method: 'POST',
      path: enrolPath,
      caller,
      body: { type: 'form', schema: body },
      answers: [200, 422, 429],
      handle: async (request) => {
        const { body: typed, evidence } = request
        const actor = staffOf(request.actor)
        const touchpointId = chosenStore(await ownStores(deps, actor, 'customer.enrol'), typed.store)
        const issues = wrongIn(typed, touchpointId)
        const email = parseEmailAddress(typed.email)
        if (issues.length > 0 || email === undefined || touchpointId === undefined) {
          return show(request, typed, { fieldErrors: fieldErrorsOf(issues) })
        }
        try {
          const { token, until } = await enrolCustomer(deps.enrolments, {
            actor,
            evidence: { ...evidence, language: deps.renderer.languageOf(request) },
            touchpointId,
            email,
            language: typed.language,
          })
          return deps.renderer.show({ ...request, url: enrolPath }, StoreHandOffView, {
            address: `${deps.origin}${handOffPath(token)}`,
            until,
            anotherHref: enrolPath,
            homeHref: storePath,
          })
        } catch (error) {
          return show(request, typed, mendable(error))
        }
      },
    }),
  ]
}
