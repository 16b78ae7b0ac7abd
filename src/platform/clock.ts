import type { Clock } from '../kernel/clock.ts'

/** The hour of the machine: the one place outside the tests where it is asked. */
export const systemClock: Clock = { now: () => new Date() }
