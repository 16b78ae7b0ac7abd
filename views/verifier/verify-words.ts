import type { MessageKey, Translate } from '../locales/translator.ts'

export const outcomes = ['genuine', 'unknown-key', 'broken', 'no-receipt'] as const
const signatures = ['holds', 'fails', 'unknown-key'] as const
const checks = ['holds', 'fails', 'absent'] as const
export const states = [
  'notice_shown',
  'requested',
  'deferred',
  'given',
  'confirmed',
  'revoked',
  'refused',
  'withdrawn',
  'invalidated',
  'objected',
  'objection_overridden',
  'restriction_set',
  'restriction_lifted',
] as const

export type Outcome = (typeof outcomes)[number]
export type SignatureCheck = (typeof signatures)[number]
export type Check = (typeof checks)[number]
export type State = (typeof states)[number]

const keys: readonly MessageKey[] = [
  'verify.issuer',
  'verify.issued',
  'verify.at',
  'verify.signature',
  'verify.checkpoint',
  'verify.words',
  'verify.logged',
  'verify.opened',
  'verify.checkpoint.absent',
  'verify.selective',
  ...outcomes.flatMap((one) => [`verify.outcome.${one}`, `verify.about.${one}`] as const),
  ...signatures.flatMap((one) => [`verify.signature.${one}`, `verify.checkpoint.${one}`] as const),
  ...checks.flatMap(
    (one) => [`verify.words.${one}`, `verify.logged.${one}`, `verify.opened.${one}`] as const,
  ),
  ...states.map((one) => `verify.state.${one}` as const),
]

/** What the browser module says, under the short names it uses. */
export const browserWords = (t: Translate): string =>
  JSON.stringify(Object.fromEntries(keys.map((key) => [key.slice('verify.'.length), t(key)])))

export const isState = (state: string): state is State => states.some((known) => known === state)
