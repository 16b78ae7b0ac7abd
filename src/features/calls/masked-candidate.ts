/** A person a look-up found, as much as helps an agent to ask "is that you?" and no more. Masked here, not in the page. */
export interface MaskedCandidate {
  /** Names the person in this call alone. */
  readonly key: string
  /** `A··· G···`, or empty where the house may not use the name. */
  readonly name: string
  /** Both left out where the house may not use them, and of an account that is locked. */
  readonly email?: string
  readonly phone?: string
  readonly foundBy: FoundBy
}

export type FoundBy = 'phone' | 'email' | 'loyalty-card'

/** Where the person can be reached to be verified: registered, and verified before this call. */
export interface MaskedContact {
  /** Names the contact point in this call alone. */
  readonly key: string
  readonly kind: 'email' | 'phone'
  /** `a•••@e•••.com` or `+34 •••••• 22`. */
  readonly masked: string
  /** Whether a code can be sent there; a landline can only be rung. */
  readonly takesCode: boolean
}
