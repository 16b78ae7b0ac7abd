import { CreateAccountView } from '../../../views/sign-in/create-account.tsx'
import type { Route } from '../../platform/web/route.ts'
import type { PageExtras } from '../page-renderer.ts'
import { withAddress } from './flow.ts'
import { sendCode } from './send-code.ts'
import type { SignInDeps } from './sign-in-deps.ts'
import { addressBody, readTypedAddress } from './typed-address.ts'
import { mended, stepRoutes, type Visit } from './visit.ts'

/** The same next page whether or not the address has an account; only whoever reads the mail learns it. */
export function createAccountRoutes(deps: SignInDeps): readonly Route[] {
  const route = stepRoutes(deps)
  const show = (visit: Visit, email = visit.flow.email ?? visit.open.loginHint, extras: PageExtras = {}) =>
    visit.show(
      CreateAccountView,
      {
        ...(email === undefined ? {} : { email }),
        signInHref: visit.path('identify'),
        ...(deps.termsHref === undefined ? {} : { termsHref: deps.termsHref }),
        ...(deps.privacyNoticeHref === undefined ? {} : { privacyNoticeHref: deps.privacyNoticeHref }),
      },
      extras,
    )
  return [
    route(
      {
        step: 'create-account',
        name: 'create-account',
        method: 'GET',
        page: 'create-account',
        answers: [200],
      },
      async (visit) => show(visit),
    ),
    route(
      {
        step: 'create-account',
        name: 'create-account.answer',
        method: 'POST',
        page: 'create-account',
        body: addressBody,
        answers: [422, 429, 503],
      },
      async (visit, { email }) => {
        const read = readTypedAddress(email)
        if ('issue' in read) {
          return show(visit, email, { fieldErrors: [{ field: 'email', code: read.issue }] })
        }
        try {
          const flow = withAddress(visit.flow, 'create-account', read.address)
          return await visit.advance(await sendCode(deps, visit, flow))
        } catch (error) {
          return show(visit, email, mended(error))
        }
      },
    ),
  ]
}
