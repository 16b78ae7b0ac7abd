import { callApprovalNotification, callApprovalText } from '../../views/mail/call-approval.ts'
import { renderMail } from '../../views/mail/render-mail.tsx'
import { translator } from '../../views/page.tsx'
import { type CallApprovalDeps, callApprovalChannel } from '../channels/call-approval/index.ts'
import type { Channel } from '../channels/channel.ts'
import {
  describeSubject,
  emailIndex,
  type IdentityReads,
  loyaltyCardIndex,
  parseEmailAddress,
  parsePhoneNumber,
  phoneIndex,
} from '../features/identity/index.ts'
import { findCallAgent, pgStaffDirectory } from '../features/staff/index.ts'
import { placeName, type Touchpoints } from '../features/touchpoints/index.ts'
import { parseId, type SubjectId } from '../kernel/ids.ts'
import {
  type CibaDeps,
  type FindWay,
  type Oidc,
  pgCallBlockStores,
  pgCallStores,
  readCallBlocks,
} from '../oidc/index.ts'
import type { Config } from '../platform/config/index.ts'
import type { SubjectSealer } from '../platform/crypto/index.ts'
import { unitOfWork } from '../platform/db/unit-of-work.ts'
import { countAlarms } from './alarms.ts'
import { afterCommit } from './count-proofs.ts'
import { houseNames } from './house-names.ts'
import { countedMailer } from './mail.ts'
import { keepProofs } from './pg-work.ts'
import type { Platform } from './platform.ts'
import { pushParts } from './push.ts'
import { smsGateway } from './sms.ts'
import { textElseMail } from './text-else-mail.ts'

export interface CallParts {
  readonly config: Config
  readonly platform: Platform
  readonly touchpoints: Pick<Touchpoints, 'tree'>
  readonly reads: IdentityReads
  readonly sealer: SubjectSealer
  readonly later: CibaDeps['later']
}

/** What the protocol engine needs for requests by telephone. */
export function callParts(parts: CallParts): CibaDeps {
  const { platform, reads, touchpoints } = parts
  const directory = pgStaffDirectory(platform.reader)
  return {
    desk: houseNames(parts.config).deskClient,
    limiter: platform.limiter,
    work: afterCommit(
      unitOfWork(platform.lanes.login, pgCallStores, keepProofs),
      countAlarms(platform.metrics),
    ),
    // One look-up, whatever it is and whoever it is of: an address, a number, and else a card.
    findPerson: (hint) => {
      const { blindIndex } = platform
      const email = parseEmailAddress(hint)
      const phone = hint.startsWith('+') ? parsePhoneNumber(hint) : undefined
      const index =
        email !== undefined
          ? emailIndex(blindIndex, email)
          : phone !== undefined
            ? phoneIndex(blindIndex, phone)
            : loyaltyCardIndex(blindIndex, hint)
      return reads.identifiers.findSubject(index)
    },
    findAgent: async (id, touchpointId) => {
      const staffId = parseId<'staff'>(id)
      return staffId && findCallAgent({ directory, tree: () => touchpoints.tree() }, staffId, touchpointId)
    },
    wayTo: wayTo(parts),
    later: parts.later,
    onPing: (outcome) => platform.metrics.egress.inc({ purpose: 'call-ping', outcome }),
  }
}

/** Who may not ask a person any more, for the pages where they look after it. */
export const callBlocks = ({ reader, lanes }: Pick<Platform, 'reader' | 'lanes'>) => ({
  of: readCallBlocks(reader),
  work: unitOfWork(lanes.login, pgCallBlockStores, keepProofs),
})

/**
 * Web Push where the person turned it on: it is there at once, shows nothing on the way, and opens our own page. Else, or
 * where no push service took it, a text message, because the telephone is in the customer's hand; and a mail where there is
 * no number, or the gateway did not take it. Nothing for whoever has no passkey: they could not answer.
 */
function wayTo({ config, platform, reads, sealer }: CallParts): FindWay {
  const push = pushParts({ config, platform, sealer })
  const mailer = countedMailer(platform)
  const messages = textElseMail(mailer, smsGateway(config, platform, mailer))
  const { issuer } = config
  const { name: brandName, timeZone } = config.brand
  return async (subjectId: SubjectId) => {
    const subject = await describeSubject({ reads, sealer }, subjectId)
    if (subject === undefined || subject.passkeys.length === 0) return undefined
    const browsers = await push.browsersOf(subjectId)
    if (browsers.length === 0 && !messages.reaches(subject.identifiers)) return undefined
    const language = subject.language.startsWith('en') ? 'en' : 'es'
    return async ({ path, ...prompt }) => {
      const model = { ...prompt, brandName, href: new URL(path, issuer).href }
      const words = callApprovalNotification(model, translator(language, timeZone))
      const message = JSON.stringify({ ...words, path, lang: language, until: prompt.expiresAt.getTime() })
      if (browsers.length > 0 && (await push.ring(browsers, message, prompt.expiresAt))) return
      await messages.send(subject.identifiers, {
        kind: 'call-approval',
        text: () => callApprovalText(model, translator(language, timeZone)),
        mail: () => renderMail('call-approval', model, language, timeZone),
      })
    }
  }
}

/** The page where a customer answers; absent where the house takes no requests by telephone. */
export const callChannels = (
  deps: Omit<CallApprovalDeps, 'approvals' | 'placeName' | 'currentSession'> & {
    readonly oidc: Pick<Oidc, 'callApprovals' | 'currentSession'>
    readonly touchpoints: Pick<Touchpoints, 'path'>
  },
): readonly Channel[] => {
  const { renderer, oidc, touchpoints } = deps
  const { callApprovals, currentSession } = oidc
  if (callApprovals === undefined) return []
  return [
    callApprovalChannel({
      renderer,
      approvals: callApprovals,
      currentSession,
      placeName: (id) => placeName(touchpoints, id),
    }),
  ]
}
