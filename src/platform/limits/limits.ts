export interface Tier {
  readonly points: number
  readonly seconds: number
}

/** Several tiers at once make the delay grow: a burst costs minutes, persistence costs days. */
export interface Limit {
  readonly tiers: readonly [Tier, ...Tier[]]
}

const minute = 60
const hour = 60 * minute
const day = 24 * hour

/*
 * The subject of each limit is in its name: `account` a subject or an identifier's index, `network` a network key,
 * `client` a client id, `device` a known device's id. Limits on failures are consumed before the try and cleared by its
 * success, so that parallel tries cannot slip through between check and count.
 */
export const limits = {
  /** R64, R65: ten at once, never more than a hundred in a row until a success. */
  'sign-in-account': {
    tiers: [
      { points: 10, seconds: 15 * minute },
      { points: 30, seconds: day },
      { points: 100, seconds: 365 * day },
    ],
  },
  /** R66: a device that signed in before counts for itself, so a stranger cannot lock the owner out. */
  'sign-in-known-device': {
    tiers: [
      { points: 10, seconds: 15 * minute },
      { points: 30, seconds: day },
    ],
  },
  /** A household or an office behind one address still gets in. */
  'sign-in-network': {
    tiers: [
      { points: 100, seconds: 15 * minute },
      { points: 1000, seconds: day },
    ],
  },
  /** R67. */
  'code-send-recipient': {
    tiers: [
      { points: 5, seconds: hour },
      { points: 15, seconds: day },
    ],
  },
  /** R69: a text message costs; nobody needs more of them than this at one number. */
  'sms-number': {
    tiers: [
      { points: 3, seconds: hour },
      { points: 6, seconds: day },
    ],
  },
  /** R69: a thousand consecutive numbers, which few honest customers share and whoever pumps messages owns. */
  'sms-range': {
    tiers: [
      { points: 20, seconds: hour },
      { points: 60, seconds: day },
    ],
  },
  'code-send-network': { tiers: [{ points: 30, seconds: hour }] },
  /** R67: five guesses in total at one code, however parallel; the subject is the code's own id. */
  'code-guess': { tiers: [{ points: 5, seconds: 15 * minute }] },
  /** Of one recipient from one network: a stranger's guesses never count against the owner's own (R66). */
  'code-guess-account': {
    tiers: [
      { points: 20, seconds: hour },
      { points: 100, seconds: day },
    ],
  },
  'recovery-account': {
    tiers: [
      { points: 5, seconds: hour },
      { points: 10, seconds: day },
    ],
  },
  'passkey-options-network': { tiers: [{ points: 60, seconds: 5 * minute }] },
  'registration-network': {
    tiers: [
      { points: 20, seconds: hour },
      { points: 100, seconds: day },
    ],
  },
  'step-up-account': { tiers: [{ points: 10, seconds: 15 * minute }] },
  'staff-sign-in-account': {
    tiers: [
      { points: 5, seconds: 15 * minute },
      { points: 20, seconds: day },
    ],
  },
  'staff-sign-in-network': { tiers: [{ points: 30, seconds: 15 * minute }] },
  /** Wrong guesses from one caller at one client: what a deployment with yesterday's secret does is more than this. */
  'token-failures-caller': { tiers: [{ points: 50, seconds: 5 * minute }] },
  /** Wrong guesses at one client, whoever makes them. */
  'token-failures-client': { tiers: [{ points: 500, seconds: 5 * minute }] },
  /** Wrong guesses from a whole neighbourhood, a /24 or /48, at whatever clients. */
  'token-failures-network': { tiers: [{ points: 1_000, seconds: 5 * minute }] },
  /** RFC 8628, 5.1: eight letters of a user code fall to nobody at this pace. */
  'user-code-guess-network': {
    tiers: [
      { points: 20, seconds: 15 * minute },
      { points: 60, seconds: day },
    ],
  },
  'user-code-guess-account': { tiers: [{ points: 10, seconds: 15 * minute }] },
  /** R40: what one browser may get wrong. */
  'user-code-guess-session': { tiers: [{ points: 5, seconds: 15 * minute }] },
  /** R40: all wrong codes of the house. At this pace 2^34.6 codes last for thousands of years. */
  'user-code-guess-house': {
    tiers: [
      { points: 1_000, seconds: 15 * minute },
      { points: 20_000, seconds: day },
    ],
  },
  /** R48: a terminal shows a new code every minute, and a few more when people begin again. */
  'device-start-terminal': {
    tiers: [
      { points: 40, seconds: 10 * minute },
      { points: 4_000, seconds: day },
    ],
  },
  /** R48: all kiosks of a store behind one address. */
  'device-start-network': { tiers: [{ points: 1_000, seconds: 10 * minute }] },
  'device-start-house': { tiers: [{ points: 100_000, seconds: 10 * minute }] },
  /** All kiosks of a store behind one address, each with a customer a minute. */
  'visit-start-caller': { tiers: [{ points: 600, seconds: 10 * minute }] },
  /** Codes to the owner of a card, asked for at one kiosk: each takes a customer a minute, and a row of made-up numbers ends here. */
  'kiosk-code-terminal': {
    tiers: [
      { points: 15, seconds: 10 * minute },
      { points: 200, seconds: day },
    ],
  },
  /** The same for all kiosks of a store. */
  'kiosk-code-store': {
    tiers: [
      { points: 60, seconds: 10 * minute },
      { points: 1_000, seconds: day },
    ],
  },
  /** Codes for one card, wherever they are asked for. */
  'kiosk-code-card': {
    tiers: [
      { points: 3, seconds: 10 * minute },
      { points: 8, seconds: day },
    ],
  },
  /**
   * One signed request of a terminal, which is taken once where it changes something. A proof lives for 60 seconds, and the
   * clocks of two machines may differ by 15 either way, so it is 90 from the first moment to the last; no key is kept longer.
   */
  'kiosk-proof': { tiers: [{ points: 1, seconds: 100 }] },
  /** Help has a count of its own, or the screens that wait for somebody would shut the store's sign-in. Each looks every 10 seconds. */
  'kiosk-help-screen': { tiers: [{ points: 240, seconds: 10 * minute }] },
  'kiosk-help-caller': { tiers: [{ points: 5_000, seconds: 10 * minute }] },
  /** Whoever waits touches the button again; a child does all afternoon. */
  'kiosk-help-terminal': {
    tiers: [
      { points: 6, seconds: 10 * minute },
      { points: 60, seconds: day },
    ],
  },
  /**
   * R50: how many requests by telephone one agent makes, and one client for all of its agents. Within it every hint is
   * answered alike; what an agent could still find out is who answers them.
   */
  'call-start-agent': {
    tiers: [
      { points: 20, seconds: 10 * minute },
      { points: 300, seconds: day },
    ],
  },
  'call-start-client': { tiers: [{ points: 2_000, seconds: 10 * minute }] },
  /** People an agent looks up or opens: a call every two minutes with two look-ups in each, all day. */
  'call-look-up-agent': {
    tiers: [
      { points: 30, seconds: 10 * minute },
      { points: 300, seconds: day },
    ],
  },
  /** R52: messages to one person about a yes told in a call; nobody can be made to confirm by being written to all day. */
  'call-told-customer': {
    tiers: [
      { points: 3, seconds: 10 * minute },
      { points: 10, seconds: day },
    ],
  },
  /** R52: messages to one person that had to be held back, before somebody is told of it. */
  'call-held-back': { tiers: [{ points: 3, seconds: 10 * minute }] },
  /** One alarm of a kind about one agent or person. */
  'call-alarm': { tiers: [{ points: 1, seconds: hour }] },
  /** Twelve letters are guessed by nobody at this pace, and somebody who mistypes still gets in. */
  'terminal-code-caller': {
    tiers: [
      { points: 20, seconds: 15 * minute },
      { points: 60, seconds: day },
    ],
  },
  /** Codes looked up, whoever brings them: a house enrols a thousand terminals in a morning, and nobody ten thousand in minutes. */
  'terminal-code-house': { tiers: [{ points: 10_000, seconds: 10 * minute }] },
  /** A till serves a customer in twenty seconds and not in one; several lanes may share a client. */
  'till-look-up-till': {
    tiers: [
      { points: 600, seconds: 10 * minute },
      { points: 15_000, seconds: day },
    ],
  },
  'till-look-up-store': {
    tiers: [
      { points: 3_000, seconds: 10 * minute },
      { points: 60_000, seconds: day },
    ],
  },
  /** Codes told of after an outage: a busy till's whole day within ten minutes, and not the same ones for ever. */
  'till-told-late': {
    tiers: [
      { points: 2_000, seconds: 10 * minute },
      { points: 20_000, seconds: day },
    ],
  },
  /**
   * Cards by number of which nothing may be said, or that nobody has: guests with an old card, and whoever tries numbers. A
   * card of which something is said is given back.
   */
  'till-empty-card': {
    tiers: [
      { points: 60, seconds: 10 * minute },
      { points: 600, seconds: day },
    ],
  },
  'guardian-invite-account': { tiers: [{ points: 5, seconds: day }] },
  'privacy-request-account': { tiers: [{ points: 10, seconds: day }] },
  /**
   * Messages that tell somebody of requests which others opened in their name. Each request is taken in whoever brings it; the
   * rest of the messages go out as the hours pass.
   */
  'request-told-account': {
    tiers: [
      { points: 5, seconds: hour },
      { points: 20, seconds: day },
    ],
  },
  'verify-address-account': { tiers: [{ points: 10, seconds: day }] },
  /** What one member of staff begins for customers in front of them: nobody enrols one every ten seconds all day. */
  'store-enrol-staff': {
    tiers: [
      { points: 30, seconds: 10 * minute },
      { points: 300, seconds: day },
    ],
  },
  'store-receipt-staff': {
    tiers: [
      { points: 60, seconds: 10 * minute },
      { points: 600, seconds: day },
    ],
  },
  /** Mails that staff has sent to one address, of whatever kind: a shop is no way to fill a mailbox. */
  'store-mail-recipient': {
    tiers: [
      { points: 5, seconds: hour },
      { points: 20, seconds: day },
    ],
  },
  /** An agent looks people up all day; a scraper more often than that. */
  'lookup-staff': {
    tiers: [
      { points: 60, seconds: 10 * minute },
      { points: 600, seconds: day },
    ],
  },
  /**
   * One sealed link in a message, however many hands it went through: its first use is what counts, and of a second there is
   * nothing to write.
   */
  'consent-link': { tiers: [{ points: 60, seconds: hour }] },
  'api-client': { tiers: [{ points: 60_000, seconds: minute }] },
  /** Nobody changes their mind this often; a script does, and every act is kept for good and read with every decision. */
  'choices-account': {
    tiers: [
      { points: 120, seconds: hour },
      { points: 400, seconds: day },
    ],
  },
} as const satisfies Readonly<Record<string, Limit>>

export type LimitName = keyof typeof limits
