import type { Entropy } from '../../kernel/ids.ts'

/** Thirty-two signs that are told apart when read aloud: no O and 0, no I and 1. Five bits each, none likelier than another. */
const signs = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'
const length = 6

/** What both sides call the call, as `LL-4F7K2M`. A name and no secret; it goes as binding message too, so it is short (R51). */
export const drawReference = (entropy: Entropy): string =>
  `LL-${[...entropy.bytes(length)].map((byte) => signs.charAt(byte % signs.length)).join('')}`

/** What a candidate or contact point is called in one call: says nothing, and is good for nothing in another. */
export const drawKey = (entropy: Entropy): string => Buffer.from(entropy.bytes(9)).toString('base64url')

/** The agent as others see them: the random end of their id, and no name. The same that the customer's page shows. */
export const agentReference = (staffId: string): string => `A-${staffId.slice(-6).toUpperCase()}`
