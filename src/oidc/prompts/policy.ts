import { interactionPolicy } from 'oidc-provider'
import type { OidcStorage } from '../pg-adapter.ts'
import type { UndecidedPurposes } from '../ports.ts'
import { accountActive } from './account-active.ts'
import { purposesUndecided } from './purposes-undecided.ts'
import { stepUp } from './step-up.ts'

/**
 * Who is asked what before a code is issued, in this order: sign in, decide what was never decided, allow the client.
 * Clients that are not ours always see the last page when they are native, because another app can pretend to be one
 * (RFC 8252 8.6, R21); our own never do.
 */
export function interactionOrder(
  undecided: UndecidedPurposes,
  storage: OidcStorage,
): interactionPolicy.Prompt[] {
  const policy = interactionPolicy.base()
  const login = policy.get('login')
  login?.checks.add(accountActive, 0)
  login?.checks.add(stepUp)
  policy.add(purposesUndecided(undecided, storage), 1)
  const consent = policy.get('consent')
  consent?.checks.remove('native_client_prompt')
  consent?.checks.add(
    new interactionPolicy.Check(
      'native_client_prompt',
      'native clients require the person to see who asks',
      'interaction_required',
      ({ oidc }) =>
        oidc.client?.applicationType === 'native' &&
        oidc.client['first_party'] !== true &&
        !(oidc.result !== undefined && 'consent' in oidc.result),
    ),
    0,
  )
  return policy
}
