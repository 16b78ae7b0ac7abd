/** Where someone meets us. Not to be confused with a contact channel, which is how we may reach a person. */
export type Channel = 'web' | 'app' | 'kiosk' | 'call-centre' | 'store' | 'api'

export const channels = [
  'web',
  'app',
  'kiosk',
  'call-centre',
  'store',
  'api',
] as const satisfies readonly Channel[]

/** How a person may be reached. `none` is for purposes that contact nobody. */
export type ContactChannel =
  | 'email'
  | 'sms'
  | 'push'
  | 'in_app'
  | 'messaging'
  | 'phone_human'
  | 'phone_auto'
  | 'post'
  | 'none'

export const contactChannels = [
  'email',
  'sms',
  'push',
  'in_app',
  'messaging',
  'phone_human',
  'phone_auto',
  'post',
  'none',
] as const satisfies readonly ContactChannel[]

/**
 * What is kept to prove an act later (consent-law 4.1; GDPR Art. 7(1)): by which channel, on what surface, in which
 * language, and what was on the screen. The network address is cut to /24 or /48 before it gets here.
 */
export interface Evidence {
  readonly channel: Channel
  readonly surface: string
  readonly language: string
  readonly touchpoint?: string
  readonly clientId?: string
  readonly network?: string
  readonly userAgentFamily?: string
  readonly requestId?: string
}
