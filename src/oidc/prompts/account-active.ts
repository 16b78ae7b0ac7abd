import { interactionPolicy } from 'oidc-provider'

/**
 * Someone is signed in here, but their account is locked, blocked or gone: the session counts as nobody's, and the
 * sign-in page is shown. Without this first check the later ones would work on an account that is not there.
 */
export const accountActive = new interactionPolicy.Check(
  'account_not_active',
  'the account cannot be used at the moment',
  'login_required',
  (ctx) => ctx.oidc.session?.accountId !== undefined && ctx.oidc.account === undefined,
)
