/**
 * Pages behind the links in messages: confirming a yes, taking one back, and a guardian's answer for a child. Nobody signs
 * in here. A sealed address says what may be done by whoever holds it, and only that; opening a page does nothing, since
 * mail scanners open pages.
 */
import type { Channel } from '../channel.ts'
import { confirmRoutes } from './confirm.ts'
import { guardianRoutes } from './guardian.ts'
import { guardianYesRoutes } from './guardian-yes.ts'
import type { ConsentLinksDeps } from './links-deps.ts'
import { withdrawRoutes } from './withdraw.ts'

export { type CallLinkDeps, callLinkChannel } from './call.ts'
export { consentMail } from './consent-mail.ts'
export type { ConsentLinksDeps } from './links-deps.ts'

export const consentLinksChannel = (deps: ConsentLinksDeps): Channel => ({
  id: 'web',
  name: 'consent-links',
  routes: [
    ...confirmRoutes(deps),
    ...withdrawRoutes(deps),
    ...guardianRoutes(deps),
    ...guardianYesRoutes(deps),
  ],
})
