import type { StaffId } from '../../kernel/ids.ts'

/** Who asks on the telephone, as the house knows them. */
export interface CallAgent {
  readonly staffId: StaffId
}

/**
 * What the customer sees of an agent and hears from them, the same on both screens: a short reference and no name, because
 * whoever works here is not to be looked up by strangers. From the random end of their id.
 */
export const agentReference = (staffId: string): string => `A-${staffId.slice(-6).toUpperCase()}`
