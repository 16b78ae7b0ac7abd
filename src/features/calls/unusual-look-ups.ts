import type { LookUpCounts } from './call-store.ts'

/**
 * Over how many days an agent's look-ups are weighed: a week holds every shift, and somebody who takes a few records a day is
 * seen as well as somebody who takes many at once.
 */
export const watchedDays = 7

/** Fewer say nothing: of forty honest ones, fewer than four verified happen to one agent in two hundred in a week. */
export const leastLookUps = 40

/**
 * An ordinary call takes about two look-ups (an address that was misheard, and the right one), and about half of all callers
 * want something for which they have to be known: one verified caller in four look-ups. Below one in ten somebody looks at
 * people who are not on the telephone.
 */
const leastShare = 0.1

/** Whether an agent looks people up whom nobody ever verifies. Pure. */
export const isUnusual = ({ lookUps, verified }: LookUpCounts): boolean =>
  lookUps >= leastLookUps && verified < lookUps * leastShare
