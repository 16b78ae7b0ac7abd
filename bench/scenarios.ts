import { clientCredentialsJwt, clientCredentialsOpaque } from './scenarios/client-credentials.ts'
import { contactable, decisionBatch, decisionInHand, redecision } from './scenarios/decision.ts'
import { discovery } from './scenarios/discovery.ts'
import { introspection } from './scenarios/introspection.ts'
import { passkeySignIn } from './scenarios/passkey-sign-in.ts'
import { passwordSignIn } from './scenarios/password-sign-in.ts'
import { recordChoices } from './scenarios/record-choices.ts'
import { refresh } from './scenarios/refresh.ts'
import type { Scenario } from './scenarios/scenario.ts'
import { singleSignOn } from './scenarios/single-sign-on.ts'
import { userinfo } from './scenarios/userinfo.ts'

export const scenarios: readonly Scenario[] = [
  discovery,
  clientCredentialsOpaque,
  clientCredentialsJwt,
  refresh,
  singleSignOn,
  passwordSignIn,
  passkeySignIn,
  introspection,
  userinfo,
  decisionInHand,
  decisionBatch,
  contactable,
  redecision,
  recordChoices,
]

export function scenarioOf(id: string): Scenario {
  const found = scenarios.find((one) => one.id === id)
  if (found === undefined) throw new Error(`there is no scenario ${id}`)
  return found
}
