import {
  fitsLength,
  leansOnContext,
  lengthOf,
  normalizePassword,
  type PasswordIssue,
} from './password-rules.ts'
import type { FeedbackLanguage, StrengthAnswer, StrengthJob } from './strength-worker.ts'
import { createWorkerPool } from './worker-pool.ts'

export interface PasswordPolicyOptions {
  /** Fewest characters when the password is all there is (NIST SP 800-63B-4; R59). */
  readonly leastAlone?: number
  /** Fewest characters beside another factor. */
  readonly leastWithFactor?: number
  /** Words of the house: its brands, its product. */
  readonly words?: readonly string[]
}

export interface PasswordContext {
  /** What is known about whose it is: local part of the address, name. Compared, never kept. */
  readonly words: readonly string[]
  readonly otherFactor: boolean
  /** BCP 47; texts exist in Spanish and English. */
  readonly language: string
}

export interface PasswordVerdict {
  readonly acceptable: boolean
  readonly issue?: PasswordIssue
  /** 0 to 4, for a meter; undefined when the length already decided. */
  readonly score?: 0 | 1 | 2 | 3 | 4
  readonly warning?: string
  readonly suggestions: readonly string[]
}

/**
 * Which passwords may be chosen. Length, a list of breached ones, context and guessability; no composition rules and no
 * expiry, both of which make people choose worse (R59, R60). Fails closed: no list, no new password.
 */
export interface PasswordPolicy {
  judge(password: string, context: PasswordContext): Promise<PasswordVerdict>
  close(): Promise<void>
}

/** Below a million guesses an attacker with one try a minute on each of many accounts gets somewhere. */
const leastGuessesLog10 = 6

export function createPasswordPolicy(options: PasswordPolicyOptions = {}): PasswordPolicy {
  const { leastAlone = 15, leastWithFactor = 8, words: house = [] } = options
  // One worker, gone after a minute of nothing to do: its dictionaries take some 70 MB while they are open.
  const pool = createWorkerPool<StrengthJob, StrengthAnswer>({
    file: 'strength-worker',
    size: 1,
    maxWaiting: 50,
    maxWaitMs: 4000,
    maxRunMs: 8000,
    idleMs: 60_000,
  })
  return {
    async judge(typed, context) {
      const password = normalizePassword(typed)
      const least = context.otherFactor ? leastWithFactor : leastAlone
      if (lengthOf(password) < least) return refuse('password-too-short')
      if (!fitsLength(password)) return refuse('password-too-long')
      const words = [...house, ...context.words]
      const answer = await pool.run({ password, words, language: languageOf(context.language) })
      const advice = {
        score: answer.score,
        suggestions: answer.suggestions,
        ...(answer.warning === undefined ? {} : { warning: answer.warning }),
      }
      if (answer.common) return { ...refuse('password-common'), ...advice }
      if (leansOnContext(password, words)) return { ...refuse('password-context'), ...advice }
      if (answer.guessesLog10 < leastGuessesLog10) return { ...refuse('password-guessable'), ...advice }
      return { acceptable: true, ...advice }
    },
    close: () => pool.close(),
  }
}

const refuse = (issue: PasswordIssue): PasswordVerdict => ({ acceptable: false, issue, suggestions: [] })

/** The languages of Spain are better served in Spanish than in English. */
const languageOf = (tag: string): FeedbackLanguage => (/^(es|ca|gl|eu)\b/i.test(tag) ? 'es' : 'en')
