/** Where a shop's staff works. */
export const storePath = '/staff/store'
export const enrolPath = `${storePath}/enrol`
export const receiptPath = `${storePath}/receipt`
export const helpPath = `${storePath}/help`

/** Where customers finish, on their own phones. */
const phonePath = '/store'
export const handOffPath = (token: string): string => `${phonePath}/${token}`
export const answersPath = (token: string): string => `${phonePath}/answers/${token}`
export const finishPath = (token: string): string => `${phonePath}/finish/${token}`
/** Answering anew, where answers of the counter wait. */
export const ownAnswersPath = (token: string): string => `${finishPath(token)}?own=1`
export const confirmPath = (token: string): string => `${finishPath(token)}/confirm`
export const notMePath = (token: string): string => `${finishPath(token)}/not-me`
