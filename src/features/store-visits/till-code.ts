import type { Till } from './till.ts'

/** A code by message belongs to one question of one till: another till, or another question, cannot use it. */
export const tillCodeTransaction = ({ clientId }: Pick<Till, 'clientId'>, ref: string): string =>
  `till|${clientId}|${ref}`
