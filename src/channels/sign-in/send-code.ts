import { emailIndex, issueCode, parseEmailAddress } from '../../features/identity/index.ts'
import { gone } from '../../kernel/errors.ts'
import { type Flow, withCodeSent } from './flow.ts'
import type { Addressee, SignInDeps } from './sign-in-deps.ts'
import type { Visit } from './visit.ts'

/** Before this long nobody's mail has arrived, and another would only confuse; in seconds. */
const resendAfter = 30

export function secondsToResend(flow: Flow, now: Date): number {
  if (flow.codeSentAt === undefined) return 0
  return Math.max(0, Math.ceil(resendAfter - (now.getTime() - flow.codeSentAt) / 1000))
}

/** Who the flow's address belongs to. Looked up for every address alike. */
export async function addresseeOf(deps: SignInDeps, flow: Flow): Promise<Addressee> {
  const email = flow.email === undefined ? undefined : parseEmailAddress(flow.email)
  if (email === undefined) throw gone('interaction-expired', 'The address is missing.')
  const index = emailIndex(deps.blindIndex, email)
  return { email, index, subjectId: await deps.reads.identifiers.findAccount(index) }
}

/** A code opens the account where there is one; on the way to a new account it proves the mailbox. */
export const codePurposeFor = ({ road }: Flow, { subjectId }: Addressee) =>
  road === 'create-account' && subjectId === undefined ? 'create-account' : 'sign-in'

/**
 * Makes a code for any address, with the same work, and sends it after the answer: to whoever has an account, and to
 * whoever is creating one. An address without account that tries to sign in gets no mail, and the page says so in the
 * same "if there is an account" that everybody reads (R63).
 */
export async function sendCode(deps: SignInDeps, visit: Visit, flow: Flow): Promise<Flow> {
  const addressee = await addresseeOf(deps, flow)
  const purpose = codePurposeFor(flow, addressee)
  const { code } = await issueCode(
    { ...deps, codes: deps.artefacts.codes },
    { purpose, recipientIndex: addressee.index, transaction: flow.uid, network: visit.request.network },
  )
  deps.later(async () => {
    if (addressee.subjectId === undefined && purpose === 'sign-in') return
    const letter = flow.road === 'create-account' && purpose === 'sign-in' ? 'account-exists' : purpose
    await deps.mail.code(addressee.email, { purpose: letter, code, language: visit.language })
  })
  return withCodeSent(flow, visit.now)
}
