/** What a person may ask for, as the catalogue of words names it. */
export const requestRightWords = [
  'access',
  'rectification',
  'erasure',
  'restriction',
  'portability',
  'objection',
  'automated-decision',
] as const
export type RequestRightWord = (typeof requestRightWords)[number]

/** `not-mine`: somebody else had opened it, and the person said so. */
export type RequestStateWord = 'open' | 'withdrawn' | 'not-mine'

export type RequestOpenedByWord = 'subject' | 'staff' | 'client'
