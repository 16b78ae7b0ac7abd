import type { Rule } from './matter.ts'
import { deny } from './matter.ts'

/** Rule 8. No basis carried it: the first one's reason, and a bare NO_CONSENT gives way to one that tells more. */
export const nothingPermits: Rule = ({ failures }) => {
  const [first] = failures
  if (first === undefined) return deny('NO_BASIS_CONFIGURED')
  const bare = (verdict: typeof first) => 'deny' in verdict && verdict.deny === 'NO_CONSENT'
  return bare(first) ? (failures.find((verdict) => !bare(verdict)) ?? first) : first
}
