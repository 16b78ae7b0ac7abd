/**
 * Agent console: the desk of whoever takes calls. Who calls is found, checked on something they have, and helped with as much
 * as that check opens; every page and every step is a call of that agent alone. What was agreed to is read aloud and written
 * down here, and said by the customer elsewhere: nobody at this desk can say yes for them.
 */
import type { Channel } from '../channel.ts'
import type { AgentConsoleDeps } from './agent-deps.ts'
import { callRoutes } from './call.ts'
import { callerRoutes } from './caller.ts'
import { agentConsoleContract } from './contract.ts'
import { deskRoutes } from './desk.ts'
import { endCallRoutes } from './end-call.ts'
import { findCallerRoutes } from './find-caller.ts'
import { ownDeviceRoutes } from './own-device.ts'
import { requestRoutes } from './request.ts'
import { scriptRoutes } from './script.ts'
import { verifyCallerRoutes } from './verify-caller.ts'

export type { AgentConsoleDeps } from './agent-deps.ts'

export const agentConsoleChannel = (deps: AgentConsoleDeps): Channel => ({
  id: 'call-centre',
  name: 'agent-console',
  contract: agentConsoleContract,
  // The desk's own addresses come first: none of them is the id of a call.
  routes: [
    ...deskRoutes(deps),
    ...callRoutes(deps),
    ...findCallerRoutes(deps),
    ...verifyCallerRoutes(deps),
    ...ownDeviceRoutes(deps),
    ...callerRoutes(deps),
    ...scriptRoutes(deps),
    ...requestRoutes(deps),
    ...endCallRoutes(deps),
  ],
})
