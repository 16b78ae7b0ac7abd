/**
 * What a till may see, by how surely it knows who stands there. L0, nobody, is never answered: whoever asks was shown
 * something. L1: a card number was read, which lies in every drawer: standing alone, no name. L2: a code of this minute, or
 * one sent to the customer's own address: first name and offers. L3: the customer has just signed in on their own phone; the
 * till learns that word and no attribute more, because what L3 opens, changing data and choices, happens on that phone.
 */
export const tillLevels = ['L1', 'L2', 'L3'] as const
export type TillLevel = (typeof tillLevels)[number]

/** What was put before the till. */
export type Shown = 'card-number' | 'rotating-code' | 'one-time-code' | 'own-phone'

const levels: Readonly<Record<Shown, TillLevel>> = {
  'card-number': 'L1',
  'rotating-code': 'L2',
  'one-time-code': 'L2',
  'own-phone': 'L3',
}

export const levelOf = (shown: Shown): TillLevel => levels[shown]

interface Allowed {
  /** Claims that may be asked for. Each is then decided on like any other: a level opens nothing by itself. */
  readonly claims: readonly string[]
  readonly offers: boolean
}

const standing = ['loyalty_points', 'loyalty_tier']
const recognised: Allowed = { claims: [...standing, 'given_name'], offers: true }

const allowed: Readonly<Record<TillLevel, Allowed>> = {
  L1: { claims: standing, offers: false },
  L2: recognised,
  L3: recognised,
}

export const allowedAt = (level: TillLevel): Allowed => allowed[level]
