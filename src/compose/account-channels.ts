import type { Channel } from '../channels/channel.ts'
import { type ConsentLinksDeps, consentLinksChannel } from '../channels/consent-links/index.ts'
import type { PageRenderer } from '../channels/page-renderer.ts'
import { type PrivacyCentreDeps, privacyCentreChannel } from '../channels/privacy-centre/index.ts'
import { accountMail, type SignInDeps, signInChannel } from '../channels/sign-in/index.ts'
import { type PreferencesDeps, preferencesRoutes } from '../channels/sign-in/preferences.ts'
import { recentAuditLines } from '../features/audit/index.ts'
import { type ConsentRegistry, pgRegistrySource } from '../features/consent/index.ts'
import { pgAssertionReads } from '../features/profile/index.ts'
import { type ClientReads, clientName, pgDisclosureReads } from '../features/recipients/index.ts'
import { type CachedTouchpoints, placeName } from '../features/touchpoints/index.ts'
import type { Oidc } from '../oidc/index.ts'
import type { Config } from '../platform/config/index.ts'
import { callBlocks } from './call-approvals.ts'
import { claimPreview } from './claim-preview.ts'
import { countedMailer } from './mail.ts'
import { ownApi } from './oidc.ts'
import type { Platform } from './platform.ts'
import { pushParts, silenceBrowsers } from './push.ts'
import { relyingPartyOf } from './relying-party.ts'

/** Long enough for a person with a slow hand, short enough that nothing waits for ever. */
const passwordMinLength = 15

interface AccountChannelParts
  extends Pick<SignInDeps, 'work' | 'entrances' | 'reads' | 'artefacts' | 'sealer' | 'catalogue' | 'later'> {
  readonly config: Config
  readonly platform: Platform
  readonly renderer: PageRenderer
  readonly house: PrivacyCentreDeps['house']
  readonly oidc: Oidc
  readonly registry: ConsentRegistry
  readonly touchpoints: CachedTouchpoints
  readonly clients: ClientReads
  readonly release: Parameters<typeof claimPreview>[0]['release']
  readonly ledger: PrivacyCentreDeps['ledger']
  readonly recording: Pick<PrivacyCentreDeps, 'confirmations' | 'guardians' | 'moves'>
  readonly proofs: ConsentLinksDeps['proofs']
  readonly cards: NonNullable<PrivacyCentreDeps['cards']>
  readonly asked: NonNullable<PreferencesDeps['asked']>
  readonly askToConfirm: NonNullable<PreferencesDeps['onRecorded']>
  readonly privacyRequests: PrivacyCentreDeps['privacyRequests']
  readonly shortcuts?: SignInDeps['shortcuts']
}

/** Where somebody becomes a person we know, and where a person looks after what we know: signing in, links in mail, the privacy centre. */
export function accountChannels(parts: AccountChannelParts): readonly Channel[] {
  const { config, platform, renderer, house, oidc, registry, touchpoints, clients, release } = parts
  const { work, entrances, reads, artefacts, sealer, catalogue, later, ledger, recording, proofs } = parts
  const { clock, entropy, keys, lanes, reader, limiter, sealedTokens, https } = platform
  const { confirmations, guardians, moves } = recording
  const mail = accountMail({
    mailer: countedMailer(platform),
    reads,
    sealer,
    brandName: config.brand.name,
    timeZone: config.brand.timeZone,
    securityHref: `${config.issuer.origin}/privacy/security`,
  })
  const account = {
    renderer,
    work,
    entrances,
    reads,
    artefacts,
    sealer,
    blindIndex: platform.blindIndex,
    hasher: platform.hasher,
    policy: platform.passwordPolicy,
    limiter,
    clock,
    entropy,
    relyingParty: relyingPartyOf(config),
    later,
    https,
    passwordMinLength,
    catalogue,
    sealedTokens,
  }
  const consents = { ledger, house, proofs, confirmations, guardians }
  return [
    signInChannel(
      {
        ...account,
        interactions: oidc.interactions,
        previewClaims: claimPreview({
          release,
          clients,
          registry,
          serviceName: (identifier) =>
            identifier === ownApi(config.issuer) ? config.brand.name : oidc.resourceName(identifier),
        }),
        codeKey: keys.current('otp').bytes,
        mail,
        jurisdiction: config.brand.country,
        requiredAttributes: ['first_name'],
        optionalAttributes: ['last_name', 'birth_date'],
        ...(parts.shortcuts === undefined ? {} : { shortcuts: parts.shortcuts }),
      },
      preferencesRoutes({
        renderer,
        limiter,
        choices: ledger,
        sealer,
        house,
        interactions: oidc.interactions,
        currentSession: oidc.currentSession,
        asked: parts.asked,
        onRecorded: parts.askToConfirm,
      }),
    ),
    consentLinksChannel({ ...consents, renderer, sealedTokens, limiter, clock, entropy }),
    privacyCentreChannel({
      ...account,
      ...consents,
      credentials: config.receipts.credentials,
      timeZone: config.brand.timeZone,
      past: pgRegistrySource(lanes.console),
      moves,
      privacyRequests: parts.privacyRequests,
      cards: parts.cards,
      disclosures: pgDisclosureReads(reader),
      assertions: pgAssertionReads(lanes.login),
      sessions: oidc.sessions,
      currentSession: oidc.currentSession,
      placeName: (id) => placeName(touchpoints, id),
      recentActivity: (subjectId, most) => recentAuditLines(lanes.console, subjectId, most),
      clientNames: async (clientIds) => {
        const found = await Promise.all(clientIds.map((clientId) => clients.find(clientId)))
        return found.flatMap((client) => (client === undefined ? [] : [clientName(client)]))
      },
      tell: mail.tell,
      push: pushParts({ config, platform, sealer }),
      silence: silenceBrowsers(platform, sealer),
      callBlocks: callBlocks(platform),
    }),
  ]
}
