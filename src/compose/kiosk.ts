import type { Channel } from '../channels/channel.ts'
import {
  cardLetter,
  type KioskDeps,
  kioskGatekeeper,
  kioskScreenChannel,
  receiptMail,
} from '../channels/kiosk/index.ts'
import type { SignInDeps } from '../channels/sign-in/index.ts'
import type { IdentityReads } from '../features/identity/index.ts'
import type { Touchpoints } from '../features/touchpoints/index.ts'
import type { Oidc } from '../oidc/index.ts'
import type { Config } from '../platform/config/index.ts'
import type { SubjectSealer } from '../platform/crypto/index.ts'
import { addressIn, countryIn, phoneChannels, terminalsIn } from './devices.ts'
import { helpCallsOn } from './help-calls.ts'
import { countedMailer } from './mail.ts'
import type { Platform } from './platform.ts'
import { relyingPartyOf } from './relying-party.ts'
import { smsGateway } from './sms.ts'

/** The screens of kiosks, and the page on the phone in front of them; absent where the house has no device grant. */
export function kioskChannels(
  parts: Pick<KioskDeps, 'renderer' | 'house' | 'onRecorded'> & {
    readonly ledger: KioskDeps['choices']
    readonly config: Config
    readonly platform: Platform
    readonly oidc: Pick<Oidc, 'visits' | 'deviceFlows' | 'currentSession'>
    readonly touchpoints: Pick<Touchpoints, 'find' | 'path'>
    readonly reads: IdentityReads
    readonly entrances: SignInDeps['entrances']
    readonly artefacts: SignInDeps['artefacts']
    readonly sealer: SubjectSealer
    readonly later: (act: () => Promise<void>) => void
  },
): readonly Channel[] {
  const { config, platform, oidc, touchpoints, reads, sealer, later, renderer, house } = parts
  if (oidc.visits === undefined) return []
  const mailer = countedMailer(platform)
  const { name: brandName, timeZone } = config.brand
  const countryOf = countryIn(config)
  const letters = { mailer, reads, sealer, brandName, timeZone }
  return [
    ...phoneChannels({
      renderer,
      oidc,
      currentSession: oidc.currentSession,
      ...(countryOf === undefined ? {} : { countryOf }),
    }),
    kioskScreenChannel({
      renderer,
      choices: parts.ledger,
      house,
      sealer,
      visits: oidc.visits,
      limiter: platform.limiter,
      https: platform.https,
      issuer: config.issuer,
      placeOf: terminalsIn(touchpoints).find,
      addressOf: (request) => addressIn(config, request) ?? '',
      passkey: {
        ...parts.artefacts,
        clock: platform.clock,
        entropy: platform.entropy,
        relyingParty: relyingPartyOf(config),
        passkeys: reads.passkeys,
        work: parts.entrances,
      },
      onRecorded: parts.onRecorded,
      offline: { brandName, timeZone },
      card: {
        codes: parts.artefacts.codes,
        limiter: platform.limiter,
        clock: platform.clock,
        entropy: platform.entropy,
        codeKey: platform.keys.current('otp').bytes,
        work: parts.entrances,
        reads,
        blindIndex: platform.blindIndex,
        letter: cardLetter({ ...letters, sms: smsGateway(config, platform, mailer) }),
        later,
      },
      help: helpCallsOn(platform),
      storeOf: (id) => touchpoints.path(id).findLast(({ kind }) => kind === 'store')?.id,
      receiptMail: receiptMail({ ...letters, issuer: config.issuer, later }),
    }),
  ]
}

/** How whoever stands at one is recognised. */
export const kioskVisitors = (oidc: Pick<Oidc, 'visits'>, { https }: Pick<Platform, 'https'>) =>
  kioskGatekeeper({ visits: oidc.visits, https })
