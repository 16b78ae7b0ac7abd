import type { Rule } from './matter.ts'

/** Rule 8. No basis carried it: the first one's reason, and a bare NO_CONSENT gives way to one that tells more. */
export const nothingPermits: Rule = ({ failures }) =>
  failures.find(({ deny }) => deny !== 'NO_CONSENT') ?? failures[0]
