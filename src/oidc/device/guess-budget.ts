import type { Clock } from '../../kernel/clock.ts'
import { PlacetError } from '../../kernel/errors.ts'
import type { SubjectId } from '../../kernel/ids.ts'
import type { Limiter, LimitName } from '../../platform/limits/index.ts'

export interface Guesser {
  readonly subjectId: SubjectId
  readonly sessionRef: string
  readonly callerKey: string
}

/**
 * How many user codes may be tried (R40). What one session and one account try is counted before it is looked at, so
 * parallel tries pass no limit, and forgotten when the code was right. What a network and the whole house get wrong is
 * counted afterwards and never forgotten, because there others are right all the time; when it is too much, this process
 * refuses every code until the wait is over, right ones too, and the others learn it at their next wrong one.
 */
export interface GuessBudget {
  /** False when this one may try no more for now. */
  spend(guesser: Guesser): Promise<boolean>
  wasRight(guesser: Guesser): Promise<void>
  wasWrong(guesser: Guesser): Promise<void>
}

const mostWaits = 10_000

export function guessBudget(parts: { readonly limiter: Limiter; readonly clock: Clock }): GuessBudget {
  const waits = new Map<string, number>()
  const now = () => parts.clock.now().getTime()

  const count = async (key: string, limit: LimitName): Promise<number> => {
    try {
      await parts.limiter.consume(key, limit)
      return 0
    } catch (error) {
      if (!(error instanceof PlacetError) || error.retryAfterSeconds === undefined) throw error
      return error.retryAfterSeconds
    }
  }
  const isWaiting = (key: string): boolean => {
    const until = waits.get(key)
    if (until !== undefined && until > now()) return true
    waits.delete(key)
    return false
  }
  const countWrong = async (key: string, limit: LimitName) => {
    const wait = await count(key, limit)
    if (wait === 0) return
    if (waits.size >= mostWaits) waits.clear()
    waits.set(`${limit} ${key}`, now() + wait * 1000)
  }

  return {
    async spend({ subjectId, sessionRef, callerKey }) {
      if (isWaiting(`user-code-guess-network ${callerKey}`) || isWaiting('user-code-guess-house house'))
        return false
      if ((await count(sessionRef, 'user-code-guess-session')) > 0) return false
      return (await count(subjectId, 'user-code-guess-account')) === 0
    },
    async wasRight({ subjectId, sessionRef }) {
      await Promise.all([
        parts.limiter.clear(sessionRef, 'user-code-guess-session'),
        parts.limiter.clear(subjectId, 'user-code-guess-account'),
      ])
    },
    async wasWrong({ callerKey }) {
      await Promise.all([
        countWrong(callerKey, 'user-code-guess-network'),
        countWrong('house', 'user-code-guess-house'),
      ])
    },
  }
}
