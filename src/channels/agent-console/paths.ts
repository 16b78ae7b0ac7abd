import { z } from 'zod'
import type { Power } from '../../features/staff/index.ts'

export const deskPath = '/staff/calls'
export const callPath = `${deskPath}/:call`
export const hrefOf = (callId: string): string => `${deskPath}/${callId}`

export const callParams = z.object({ call: z.string().max(64) })

/**
 * Pages with data of customers lock after five minutes without anybody's hand: an agent who got up leaves a screen that shows
 * others whatever they ask for (ASVS 7.3.1).
 */
const idleSeconds = 300

export const agent = (power: Extract<Power, `caller.${string}`>) =>
  ({ who: 'staff', power, idleSeconds }) as const

/** Asked by a page that waits, and by nobody's hand. */
export const unattended = { ...agent('caller.verify'), unattended: true } as const
