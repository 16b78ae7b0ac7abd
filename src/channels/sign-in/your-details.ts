import { z } from 'zod'
import { YourDetailsView } from '../../../views/sign-in/your-details.tsx'
import { hashNewPassword } from '../../features/identity/index.ts'
import { PlacetError } from '../../kernel/errors.ts'
import type { Route } from '../../platform/web/route.ts'
import type { PageExtras } from '../page-renderer.ts'
import { askedDetails, detailField, readDetails } from './asked-details.ts'
import type { SignInDeps } from './sign-in-deps.ts'
import { mended, stepRoutes, type Visit } from './visit.ts'

/** Fields are those of the catalogue, so their names are checked against it in the handler: others are refused (R106). */
const body = z.record(z.string().max(64), z.string().max(4000))

export function yourDetailsRoutes(deps: SignInDeps): readonly Route[] {
  const route = stepRoutes(deps)
  const show = async (visit: Visit, typed: Readonly<Record<string, string>>, extras: PageExtras = {}) => {
    const asked = await askedDetails(deps)
    return visit.show(
      YourDetailsView,
      {
        fields: asked.map((detail) =>
          detailField(detail, visit.language, typed[detail.attribute.attributeId]),
        ),
        password: { optional: true, minLength: deps.passwordMinLength, email: visit.flow.email ?? '' },
      },
      extras,
    )
  }
  return [
    route(
      { step: 'your-details', name: 'your-details', method: 'GET', page: 'your-details', answers: [200] },
      async (visit) => show(visit, visit.flow.answers ?? {}),
    ),
    route(
      {
        step: 'your-details',
        name: 'your-details.answer',
        method: 'POST',
        page: 'your-details',
        body,
        answers: [422, 429, 503],
      },
      async (visit, typed) => {
        try {
          return await keepDetails(deps, visit, typed)
        } catch (error) {
          return show(visit, typed, mended(error))
        }
      },
    ),
  ]
}

async function keepDetails(deps: SignInDeps, visit: Visit, typed: Readonly<Record<string, string>>) {
  const { flow, language } = visit
  const asked = await askedDetails(deps)
  const { password = '', username: _username, ...values } = typed
  const foreign = Object.keys(values).filter(
    (name) => !asked.some(({ attribute }) => attribute.attributeId === name),
  )
  if (foreign.length > 0) throw new PlacetError('invalid', 'unexpected', 'The form has fields of its own.')
  const { answers, issues } = readDetails(asked, values)
  if (issues.length > 0)
    throw new PlacetError('invalid', 'invalid-input', 'Some answers do not fit.', { issues })
  const { passwordHash: _earlier, ...rest } = flow
  if (password === '') return visit.advance({ ...rest, answers })
  // Only the hash travels on, sealed with the rest: the password itself is kept nowhere.
  const words = [flow.email ?? '', ...Object.values(answers)]
  const passwordHash = await hashNewPassword(deps, { password, words, language })
  return visit.advance({ ...rest, answers, passwordHash })
}
