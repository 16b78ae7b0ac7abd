import { unavailable } from '../../kernel/errors.ts'

interface Turns {
  last: Promise<unknown>
  waiting: number
}

const turns = new Map<string, Turns>()

/** More than any person starts at once: beyond it somebody's script is queueing, and each would read all it finds. */
const mostWaiting = 64

/**
 * Runs `act` when every earlier one of the same key has ended, however it ended. For acts of one person within this
 * process: read at the same moment, all but one would lose to the epoch and read again. Between processes the epoch
 * alone decides. Throws `ledger-busy` when too many of one key are waiting already.
 */
export async function inTurn<Result>(key: string, act: () => Promise<Result>): Promise<Result> {
  const before = turns.get(key)
  if (before !== undefined && before.waiting >= mostWaiting) {
    throw unavailable('ledger-busy', 'Too much is being recorded for this person at once.', 2)
  }
  const mine = before === undefined ? act() : before.last.then(act, act)
  const now = { last: mine, waiting: (before?.waiting ?? 0) + 1 }
  turns.set(key, now)
  try {
    return await mine
  } finally {
    const left = turns.get(key)
    if (left !== undefined) {
      left.waiting -= 1
      if (left.waiting === 0) turns.delete(key)
    }
  }
}
