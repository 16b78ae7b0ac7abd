import { staffSessionCookie, staffSignInLocation } from '../channels/admin-console/index.ts'
import { type AgentConsoleDeps, agentConsoleChannel } from '../channels/agent-console/index.ts'
import type { Channel } from '../channels/channel.ts'
import { pgStaffDirectory } from '../features/staff/index.ts'
import type { Platform } from './platform.ts'

/** The desk of our own agents. Its pages lock before the rest of the consoles does, and are opened again by the same sign-in. */
export const agentConsole = (
  parts: Pick<AgentConsoleDeps, 'renderer' | 'calls' | 'touchpoints'> & {
    readonly platform: Pick<Platform, 'reader' | 'sealedTokens' | 'https'>
  },
): Channel => {
  const { renderer, calls, touchpoints, platform } = parts
  const { reader, sealedTokens, https } = platform
  return agentConsoleChannel({
    renderer,
    calls,
    touchpoints,
    sealedTokens,
    https,
    directory: pgStaffDirectory(reader),
    staffCookie: staffSessionCookie(https),
    confirmAt: (returnTo) => staffSignInLocation(returnTo, 'staff-session-idle'),
  })
}
