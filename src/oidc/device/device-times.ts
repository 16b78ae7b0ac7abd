/** Seconds, unless said otherwise. */
export const deviceTimes = {
  /** R39: the whole flow, from the code on the screen to the tokens. */
  code: 300,
  /** R39: a kiosk shows a code no longer than this, and asks for the next one. */
  onScreen: 60,
  /** A phone that read the code just before it left the screen still gets in. */
  grace: 15,
  /** RFC 8628 3.2. */
  interval: 5,
  /** R44: how fresh the proof of whoever approves must be. */
  freshProof: 300,
  /** How long after the code's end it can still be reported. */
  reportable: 3600,
} as const
