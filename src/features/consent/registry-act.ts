import type { Actor } from '../../kernel/actor.ts'
import type { Evidence } from '../../kernel/evidence.ts'

/**
 * Who changes what is published or whom the house asks again, and by which way in: so that what was done under a stolen
 * session can be told by its request from what the officer did.
 */
export interface RegistryAct {
  readonly actor: Actor
  /** Undefined for what the house does by itself, and for the command line, which has no request. */
  readonly evidence?: Evidence
}

export const saidBy = ({ actor, evidence }: RegistryAct): RegistryAct => ({
  actor,
  ...(evidence === undefined ? {} : { evidence }),
})
