const last = new Map<string, Promise<unknown>>()

/**
 * Runs `act` when every earlier one of the same key has ended, however it ended. For acts of one person within this
 * process: read at the same moment, all but one would lose to the epoch and read again. Between processes the epoch
 * alone decides.
 */
export async function inTurn<Result>(key: string, act: () => Promise<Result>): Promise<Result> {
  const before = last.get(key)
  const mine = before === undefined ? act() : before.then(act, act)
  last.set(key, mine)
  try {
    return await mine
  } finally {
    if (last.get(key) === mine) last.delete(key)
  }
}
