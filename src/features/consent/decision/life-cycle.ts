import { purposeMatches } from '../permission-key.ts'
import type { Rule } from './matter.ts'
import { deny } from './matter.ts'

const custodian = 'custodian'

/**
 * Rule 2. Erased data are gone. Blocked data are kept for authorities and for answering the person, and only the
 * custodian reaches them (LOPDGDD art. 32; AEPD R/00532/2020 on access to blocked data). Disclosure to an authority
 * needs the custodian at any time. The exception lifts the block and nothing else: the rules after this one still apply.
 */
export const lifeCycle: Rule = ({ query, actorRole, facts }) => {
  const { state } = facts.subject
  if (state === 'erased') return deny('SUBJECT_ERASED')
  const forAuthority = purposeMatches('authority.*', query.purpose)
  if (state === 'blocked') {
    const excepted = forAuthority || purposeMatches('dsr.*', query.purpose)
    return excepted && actorRole === custodian ? undefined : deny('SUBJECT_BLOCKED')
  }
  if (forAuthority && actorRole !== custodian) return deny('SYSTEM_NOT_AUTHORISED_FOR_PURPOSE')
  return undefined
}
