/** Seconds, unless said otherwise. */
export const cibaTimes = {
  /** R53: from the request to the tokens. */
  request: 300,
  interval: 5,
  /** R52: at most this many messages in this time. */
  prompts: 3,
  promptWindow: 600,
  /** How fresh the proof of whoever answers must be. */
  freshProof: 300,
  /** How long after its end a request can still be reported. */
  reportable: 3600,
  /** How long a notification that nobody took stays on record. */
  deadPing: 7 * 24 * 3600,
} as const
