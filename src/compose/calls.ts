import { callChoicesText } from '../../views/mail/call-choices.ts'
import { callCodeText } from '../../views/mail/call-code.ts'
import { renderMail } from '../../views/mail/render-mail.tsx'
import { translator } from '../../views/page.tsx'
import type { Channel } from '../channels/channel.ts'
import { type CallLinkDeps, callLinkChannel } from '../channels/consent-links/index.ts'
import { type CallMessages, type CallParts, pgCallReads, pgCallsStores } from '../features/calls/index.ts'
import type { MessageAddress } from '../features/consent/index.ts'
import { type IdentityArtefacts, pgLinkStore } from '../features/identity/index.ts'
import { openRequest, type RequestParts } from '../features/privacy-requests/index.ts'
import { findCallAgent, pgStaffDirectory } from '../features/staff/index.ts'
import type { Touchpoints } from '../features/touchpoints/index.ts'
import { unavailable } from '../kernel/errors.ts'
import type { Oidc } from '../oidc/index.ts'
import type { Config } from '../platform/config/index.ts'
import { unitOfWork } from '../platform/db/unit-of-work.ts'
import type { HouseNames } from './house-names.ts'
import { countedMailer } from './mail.ts'
import { keepProofs } from './pg-work.ts'
import type { Platform } from './platform.ts'
import { smsGateway } from './sms.ts'

interface CallHouse
  extends Pick<
    CallParts,
    | 'reads'
    | 'sealer'
    | 'registry'
    | 'facts'
    | 'ledger'
    | 'catalogue'
    | 'house'
    | 'onYes'
    | 'preview'
    | 'release'
  > {
  readonly config: Config
  readonly platform: Platform
  readonly names: Pick<HouseNames, 'deskClient'>
  readonly oidc: Pick<Oidc, 'callerChecks'>
  readonly artefacts: Pick<IdentityArtefacts, 'codes'>
  readonly touchpoints: Pick<Touchpoints, 'tree'>
  readonly privacyRequests: RequestParts
}

/** The customer's page about a call. */
export const callLinks = (deps: CallLinkDeps): readonly Channel[] => [callLinkChannel(deps)]

/** The room of calls, for the desk of our own agents, for telephony systems, and for the customer's page about a call. */
export function callRoom(parts: CallHouse): CallParts {
  const { platform, config, names, oidc, artefacts, touchpoints, privacyRequests, ...room } = parts
  const { clock, entropy, limiter, blindIndex, keys, lanes, sealedTokens } = platform
  const directory = pgStaffDirectory(platform.reader)
  const links = pgLinkStore(lanes.console)
  const { callerChecks } = oidc
  return {
    ...room,
    work: unitOfWork(lanes.console, pgCallsStores, keepProofs),
    calls: pgCallReads(lanes.console),
    clock,
    entropy,
    limiter,
    blindIndex,
    codes: artefacts.codes,
    codeKey: keys.current('otp').bytes,
    tokens: sealedTokens,
    messages: callMessages(config, platform),
    deskClient: names.deskClient,
    findAgent: (staffId, touchpoint) =>
      findCallAgent({ directory, tree: () => touchpoints.tree() }, staffId, touchpoint),
    accountsOf: async (subjectId) => (await links.clustersOf([subjectId]))[0]?.members ?? [subjectId],
    openRequest: (command) => openRequest(privacyRequests, command),
    ...(callerChecks === undefined ? {} : { checks: callerChecks }),
  }
}

/** By mail or by text, as the address is; in the language of the call. */
function callMessages(config: Config, platform: Platform): CallMessages {
  const mailer = countedMailer(platform)
  const sms = smsGateway(config, platform, mailer)
  const { name: brandName, timeZone } = config.brand
  const text = async (to: Extract<MessageAddress, { kind: 'phone' }>, words: string, kind: string) => {
    if (sms === undefined) throw unavailable('sms-not-sent', 'No gateway for text messages.', 3600)
    return sms.send({ to: to.number, text: words, kind })
  }
  const messageName = () => `<${platform.entropy.id<'message'>()}@${config.issuer.hostname}>`
  return {
    texts: sms !== undefined,
    code: async (to, { language, ...told }) => {
      const model = { brandName, ...told }
      if (to.kind === 'phone') {
        await text(to, callCodeText(model, translator(language, timeZone)), 'call-code')
        return
      }
      await mailer.send({
        to: to.address,
        kind: 'call-code',
        ...renderMail('call-code', model, language, timeZone),
      })
    },
    choices: async (to, { language, token, ...told }) => {
      const model = { brandName, ...told, href: new URL(`/call/${token}`, config.issuer).href }
      if (to.kind === 'phone') {
        return text(to, callChoicesText(model, translator(language, timeZone)), 'call-choices')
      }
      const messageId = messageName()
      await mailer.send({
        to: to.address,
        kind: 'call-choices',
        headers: { 'Message-ID': messageId },
        ...renderMail('call-choices', model, language, timeZone),
      })
      return messageId
    },
  }
}
