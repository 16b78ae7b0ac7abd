import { parentPort } from 'node:worker_threads'
import { type OptionsDictionary, ZxcvbnFactory } from '@zxcvbn-ts/core'
import { adjacencyGraphs, dictionary as shared } from '@zxcvbn-ts/language-common'
import { isCommon } from './password-rules.ts'

export type FeedbackLanguage = 'es' | 'en'

export interface StrengthJob {
  readonly password: string
  readonly words: readonly string[]
  readonly language: FeedbackLanguage
}

export interface StrengthAnswer {
  readonly common: boolean
  /** Guesses an attacker who knows how people choose would need, as a power of ten. */
  readonly guessesLog10: number
  readonly score: 0 | 1 | 2 | 3 | 4
  readonly warning: string | undefined
  readonly suggestions: readonly string[]
}

/** The list that ships with us: 49,233 of the passwords most often found in breaches (R60). */
const breached = new Set<string | number>(shared['passwords-common'])

/**
 * The estimate's cost grows steeply with length: 0.7 s for 64 characters of leetspeak with the library's defaults, below
 * 0.1 s for 40 with ours. What begins well for 40 characters is strong enough.
 */
const longestEstimated = 40

const languages = new Map<FeedbackLanguage, { estimator: ZxcvbnFactory; words: Set<string | number> }>()

async function load(language: FeedbackLanguage) {
  const known = languages.get(language)
  if (known !== undefined) return known
  const { dictionary, translations } = await (language === 'es'
    ? import('@zxcvbn-ts/language-es-es')
    : import('@zxcvbn-ts/language-en'))
  // The two largest kinds of list would double the memory for words few passwords are made of.
  const lists: OptionsDictionary = Object.fromEntries(
    Object.entries({ 'passwords-common': shared['passwords-common'], ...dictionary }).filter(
      ([name]) => !name.startsWith('wikipedia') && name !== 'lastnames-en',
    ),
  )
  const made = {
    estimator: new ZxcvbnFactory({
      dictionary: lists,
      graphs: adjacencyGraphs,
      translations,
      maxLength: longestEstimated,
      l33tMaxSubstitutions: 20,
    }),
    words: new Set(
      Object.entries(lists).flatMap(([name, list]) => (name.startsWith('commonWords') ? list : [])),
    ),
  }
  languages.set(language, made)
  return made
}

async function estimate({ password, words, language }: StrengthJob): Promise<StrengthAnswer> {
  const { estimator, words: commonWords } = await load(language)
  const common = isCommon(password, (text) => breached.has(text) || commonWords.has(text))
  const result = estimator.check(password, [...words])
  return {
    common,
    guessesLog10: result.guessesLog10,
    score: result.score,
    warning: result.feedback.warning ?? undefined,
    suggestions: result.feedback.suggestions,
  }
}

parentPort?.on('message', (job: StrengthJob) => {
  estimate(job).then(
    (answer) => parentPort?.postMessage({ answer }),
    (error: unknown) => parentPort?.postMessage({ failed: error instanceof Error ? error.name : 'error' }),
  )
})
