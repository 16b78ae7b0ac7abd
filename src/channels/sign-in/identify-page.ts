import { IdentifyView } from '../../../views/sign-in/identify.tsx'
import type { Answer } from '../../platform/web/answer.ts'
import type { PageExtras } from '../page-renderer.ts'
import type { Visit } from './visit.ts'

/** The first page. It also stands in a step-up, with the passkeys of the person; typing an address there starts over. */
export function showIdentify(
  visit: Visit,
  more: {
    readonly email?: string | undefined
    readonly extras?: PageExtras
    readonly unknownPasskey?: { readonly rpId: string; readonly credentialId: string } | undefined
    /** Page the passkey ceremony belongs to. */
    readonly passkeyPage?: 'passkey' | 'step-up'
  } = {},
): Answer {
  const { passkeyPage = 'passkey', unknownPasskey, extras } = more
  const email = more.email ?? visit.flow.email ?? visit.open.loginHint
  return visit.show(
    IdentifyView,
    {
      ...(email === undefined ? {} : { email }),
      passkeys: { optionsHref: visit.path(`${passkeyPage}/options`), action: visit.path(passkeyPage) },
      createAccountHref: visit.path('create-account'),
      ...(unknownPasskey === undefined ? {} : { unknownPasskey }),
      // Whoever is stepping up is known already.
      ...(passkeyPage === 'passkey' ? { shortcuts: visit.shortcuts } : {}),
    },
    { at: 'identify', ...extras },
  )
}
