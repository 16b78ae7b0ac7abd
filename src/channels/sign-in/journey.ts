import { meets } from '../../kernel/actor.ts'
import type { OpenInteraction } from './engine.ts'
import type { Flow } from './flow.ts'

export type Step =
  | 'preferences'
  | 'authorize-client'
  | 'identify'
  | 'create-account'
  | 'enter-password'
  | 'enter-code'
  | 'your-details'
  | 'check-answers'
  | 'create-passkey'
  | 'step-up'
  | 'finish'

/** What the order depends on beside the flow: what the engine waits for, and whether a passkey should be offered. */
export interface Circumstances {
  readonly prompt: OpenInteraction['prompt']
  readonly acrNeeded?: OpenInteraction['acrNeeded']
  readonly offerPasskey: boolean
}

interface Stage {
  readonly step: Step
  /** It is this step's turn, unless an earlier one's is. */
  readonly due: (flow: Flow, now: Circumstances) => boolean
  /** Somebody at this point may open the page or answer it. */
  readonly open: (flow: Flow, now: Circumstances) => boolean
}

const signingIn = (now: Circumstances) => now.prompt === 'login'
const unproven = (flow: Flow, now: Circumstances) => signingIn(now) && flow.proof === undefined
const provenEnough = (flow: Flow, now: Circumstances) =>
  flow.proof !== undefined && (now.acrNeeded === undefined || meets(flow.proof.assurance, now.acrNeeded))

/**
 * The order of signing in, in this one place. Steps do not know one another: each changes what is known of the flow, and
 * the first stage whose turn it is comes next. `finish` is reached only with a proof that is enough (R72).
 */
const journey: readonly Stage[] = [
  {
    step: 'preferences',
    due: (_, now) => now.prompt === 'purposes',
    open: (_, now) => now.prompt === 'purposes',
  },
  {
    step: 'authorize-client',
    due: (_, now) => now.prompt === 'consent',
    open: (_, now) => now.prompt === 'consent',
  },
  {
    step: 'your-details',
    due: (flow, now) => unproven(flow, now) && flow.mailbox !== undefined && flow.answers === undefined,
    open: (flow, now) => unproven(flow, now) && flow.mailbox !== undefined,
  },
  {
    step: 'check-answers',
    due: (flow, now) => unproven(flow, now) && flow.mailbox !== undefined,
    open: (flow, now) => unproven(flow, now) && flow.mailbox !== undefined && flow.answers !== undefined,
  },
  {
    step: 'enter-code',
    due: (flow, now) => unproven(flow, now) && flow.codeSentAt !== undefined,
    open: (flow, now) => unproven(flow, now) && flow.codeSentAt !== undefined && flow.email !== undefined,
  },
  {
    step: 'create-account',
    due: (flow, now) => unproven(flow, now) && flow.road === 'create-account',
    open: (flow, now) => unproven(flow, now),
  },
  {
    step: 'enter-password',
    due: (flow, now) => unproven(flow, now) && flow.email !== undefined,
    open: (flow, now) => unproven(flow, now) && flow.email !== undefined,
  },
  { step: 'identify', due: unproven, open: (_, now) => signingIn(now) },
  {
    step: 'create-passkey',
    due: (flow, now) => now.offerPasskey && flow.passkeyOffer === undefined,
    open: (flow, now) => signingIn(now) && flow.proof !== undefined && now.offerPasskey,
  },
  {
    step: 'step-up',
    due: (flow, now) => !provenEnough(flow, now),
    open: (flow, now) => signingIn(now) && flow.proof !== undefined && !provenEnough(flow, now),
  },
  { step: 'finish', due: provenEnough, open: () => false },
]

export function nextStep(flow: Flow, now: Circumstances): Step {
  return journey.find((stage) => stage.due(flow, now))?.step ?? 'identify'
}

export const isOpen = (step: Step, flow: Flow, now: Circumstances): boolean =>
  journey.some((stage) => stage.step === step && stage.open(flow, now))
