import type { Entropy } from '../../kernel/ids.ts'

/**
 * The number on the kiosk's screen, and the three that the phone shows (R42). Whoever does not see the screen cannot tell
 * which it is: a link sent from afar leads to a page that asks for something only the place itself shows.
 */
export interface BindingNumbers {
  readonly shown: number
  /** In the order in which the phone offers them; one is the one shown. */
  readonly offered: readonly number[]
}

const lowest = 10
const howMany = 90

/** 10 to 99 without the bias of a remainder: bytes from 180 on are thrown away, as 256 is no multiple of 90. */
function pick(entropy: Entropy): number {
  for (;;) {
    for (const byte of entropy.bytes(8)) if (byte < 2 * howMany) return lowest + (byte % howMany)
  }
}

export function bindingNumbers(entropy: Entropy): BindingNumbers {
  const different = new Set<number>()
  while (different.size < 3) different.add(pick(entropy))
  const offered = [...different]
  // They came in random order, so any of the three is as likely; which one is shown is drawn from them anew.
  for (;;) {
    const shown = offered.at((entropy.bytes(1)[0] ?? 255) & 3)
    if (shown !== undefined) return { shown, offered }
  }
}
