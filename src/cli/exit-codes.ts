/** What every command answers to the shell; documented in docs/operations.md. */
export const exitCodes = {
  ok: 0,
  /** It was tried and did not succeed. */
  failed: 1,
  /** What was asked makes no sense: wrong command, option or input. Nothing was tried. */
  usage: 2,
  /** Something is not as it should be: pending migrations, stale documents. Nothing was changed. */
  drift: 3,
} as const

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]
