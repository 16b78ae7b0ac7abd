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

const vias = ['email', 'sms', 'push', 'in_app', 'messaging', 'phone_human', 'phone_auto', 'post'] as const

export type Outcome = (typeof outcomes)[number]
export type SignatureCheck = (typeof signatures)[number]
export type Check = (typeof checks)[number]
export type State = (typeof states)[number]

const keys: readonly MessageKey[] = [
  'verify.issuer',
  'verify.issued',
  'verify.at',
  'verify.purpose',
  'verify.via',
  'verify.via.*',
  'verify.brand',
  'verify.brand.*',
  'verify.counts',
  'verify.state.claimed',
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
  JSON.stringify({
    ...Object.fromEntries(keys.map((key) => [key.slice('verify.'.length), t(key)])),
    ...Object.fromEntries(vias.map((via) => [`via.${via}`, t(`contactChannel.${via}`)])),
  })

const isState = (state: string): state is State => states.some((known) => known === state)

/** What happened; of a yes that was only claimed never the words of one that was given. */
export const stateWords = (
  t: Translate,
  { state, claimed }: { readonly state: string; readonly claimed: boolean },
): string => {
  if (claimed) return t('verify.state.claimed')
  return isState(state) ? t(`verify.state.${state}`) : state
}

/** For whom it was said, and what it counts as. */
export const countsRows = (
  t: Translate,
  { brand, eventState }: { readonly brand: string; readonly eventState: string },
): readonly { readonly label: string; readonly value: string }[] => [
  { label: t('verify.brand'), value: brand === '*' ? t('verify.brand.*') : brand },
  { label: t('verify.counts'), value: eventState.split('#').at(-1) ?? '' },
]

/** What one decision is about, as the signed receipt names it. */
export const scopeRows = (
  t: Translate,
  entry: {
    readonly purpose: string
    readonly contactChannel: string
    readonly brand: string
    readonly eventState: string
  },
): readonly { readonly label: string; readonly value: string }[] => {
  const via = vias.find((one) => one === entry.contactChannel)
  const words = via === undefined ? entry.contactChannel : t(`contactChannel.${via}`)
  return [
    { label: t('verify.purpose'), value: entry.purpose },
    ...(entry.contactChannel === 'none'
      ? []
      : [{ label: t('verify.via'), value: entry.contactChannel === '*' ? t('verify.via.*') : words }]),
    ...countsRows(t, entry),
  ]
}
