/**
 * The kiosk: a screen in a shop, and the customer's phone in front of it. The screen is a terminal with a key of its own; who
 * stands there proves themselves on their phone, decides what the kiosk may ask about, and leaves nothing behind. A visit
 * lives on the server, ends a minute after the last touch, and takes cookies, cache and tokens with it.
 */
import type { Channel } from '../channel.ts'
import { askForHelpRoutes } from './ask-for-help.ts'
import { beginVisitRoutes } from './begin-visit.ts'
import { choicesRoutes } from './choices.ts'
import { kioskContract } from './contract.ts'
import { endVisitRoutes } from './end-visit.ts'
import type { KioskDeps } from './kiosk-deps.ts'
import { offlineRoutes } from './offline.ts'
import { useCardRoutes } from './use-card.ts'
import { usePasskeyRoutes } from './use-passkey.ts'

export { cardLetter } from './card-letter.ts'
export type { KioskDeps } from './kiosk-deps.ts'
export { kioskClosedPath } from './paths.ts'
export { receiptMail } from './receipt-mail.ts'
export { kioskGatekeeper } from './visit-cookie.ts'

/** The screens. Theirs is the one surface of kiosks that tells which software drew it, because it is ours. */
export const kioskScreenChannel = (deps: KioskDeps): Channel => ({
  id: 'kiosk',
  name: 'screen',
  contract: {
    ...kioskContract,
    evidence: { ...kioskContract.evidence, particulars: ['software'] },
  },
  routes: [
    ...beginVisitRoutes(deps),
    ...usePasskeyRoutes(deps),
    ...useCardRoutes(deps),
    ...askForHelpRoutes(deps),
    ...offlineRoutes(deps.offline),
    ...choicesRoutes(deps),
    ...endVisitRoutes(deps),
  ],
})
