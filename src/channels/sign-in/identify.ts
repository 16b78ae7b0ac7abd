import type { Route } from '../../platform/web/route.ts'
import { withAddress } from './flow.ts'
import { showIdentify } from './identify-page.ts'
import type { SignInDeps } from './sign-in-deps.ts'
import { addressBody, readTypedAddress } from './typed-address.ts'
import { stepRoutes } from './visit.ts'

/** Whatever the address, the next page is the same: who has an account is not told here (R63). */
export function identifyRoutes(deps: SignInDeps): readonly Route[] {
  const route = stepRoutes(deps)
  return [
    route(
      { step: 'identify', name: 'identify', method: 'GET', page: 'identify', answers: [200] },
      async (visit) => showIdentify(visit),
    ),
    route(
      {
        step: 'identify',
        name: 'identify.answer',
        method: 'POST',
        page: 'identify',
        body: addressBody,
        answers: [422],
      },
      async (visit, { email }) => {
        const read = readTypedAddress(email)
        if ('issue' in read) {
          return showIdentify(visit, {
            email,
            extras: { fieldErrors: [{ field: 'email', code: read.issue }] },
          })
        }
        return visit.advance(withAddress(visit.flow, 'sign-in', read.address))
      },
    ),
  ]
}
