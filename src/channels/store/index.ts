/**
 * The shop's staff app. An assistant types an address and shows a code; the customer decides on their own phone and proves the
 * address by its mail. Nobody who works here can answer for anybody, a receipt by mail makes nobody a customer of anything
 * else, and whoever waits at a kiosk is seen here.
 */
import type { EnrolTx, ReceiptStores } from '../../features/store-visits/index.ts'
import type { Channel } from '../channel.ts'
import { storeContract } from './contract.ts'
import { enrolRoutes } from './enrol.ts'
import { finishRoutes } from './finish.ts'
import { homeRoutes } from './home.ts'
import { isOpen } from './own-stores.ts'
import { phoneRoutes } from './phone.ts'
import { receiptRoutes } from './receipt.ts'
import type { StoreDeps } from './store-deps.ts'
import { finishMessageId, storeMail } from './store-mail.ts'

export type { StoreDeps } from './store-deps.ts'
export { finishMessageId, isOpen, storeMail }

export const storeChannel = <Tx extends EnrolTx & ReceiptStores>(deps: StoreDeps<Tx>): Channel => ({
  id: 'store',
  name: 'staff-app',
  contract: storeContract,
  routes: [
    ...homeRoutes(deps),
    ...enrolRoutes(deps),
    ...receiptRoutes(deps),
    ...finishRoutes(deps),
    ...phoneRoutes(deps),
  ],
})
