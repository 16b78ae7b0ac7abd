import { type BrandModel, negotiateLanguage } from '../../views/page.tsx'
import { problemPage } from '../channels/error-pages.ts'
import { type EnginePages, enginePages } from '../channels/sign-in/index.ts'
import {
  type ConsentRegistry,
  carriedFacts,
  type FactsParts,
  type FactsReader,
  factsAlong,
  undecidedPurposes,
} from '../features/consent/index.ts'
import { claimsByScope, type House, type ReleaseClaims, releaseAlong } from '../features/recipients/index.ts'
import { claimOf, type Touchpoints } from '../features/touchpoints/index.ts'
import { createOidc, type Oidc, type OidcDeps, type OidcViews, type RecordAudit } from '../oidc/index.ts'
import type { Config } from '../platform/config/index.ts'
import { defaultRotation } from '../platform/crypto/index.ts'
import type { DatabaseConnection } from '../platform/db/connection.ts'
import { speakableReference } from '../platform/web/request-reference.ts'
import { countAlarms } from './alarms.ts'
import { type CallParts, callParts } from './call-approvals.ts'
import { afterCommit } from './count-proofs.ts'
import { countedFetch } from './counted.ts'
import { deviceParts, visitWorkOn } from './devices.ts'
import { helpEndsWithVisits } from './help-calls.ts'
import type { Platform } from './platform.ts'
import { limitTokenFailures } from './token-failures.ts'

/** The house's own API, for which clients acting for themselves get tokens. */
export const ownApi = (issuer: URL): string => `${issuer.origin}/api/v1`

/** Scopes of the house's own API. They open nothing about a person by themselves: each answer is decided. */
const ownApiScopes = [
  'purposes:read',
  'notices:read',
  'permissions:read',
  'decisions:read',
  'consents:write',
  'objections:write',
  'suppressions:write',
  'purchases:write',
  'contracts:write',
  'residences:write',
  'privacy-requests:write',
  'receipts:read',
  'tills:read',
  'tills:write',
  'loyalty:read',
  'calls:read',
  'calls:write',
] as const

/** Errors of the protocol that are not the client's doing, as what they are to a person. */
const problemOfError: Readonly<Record<string, { readonly code: string; readonly status: number }>> = {
  server_error: { code: 'internal', status: 500 },
  temporarily_unavailable: { code: 'unavailable', status: 503 },
  not_found: { code: 'page-not-found', status: 404 },
  session_not_found: { code: 'interaction-expired', status: 400 },
}

function engineViews(brand: BrandModel, pages: EnginePages, newReference: () => string): OidcViews {
  return {
    ...pages,
    error: ({ error, language }) =>
      problemPage(
        brand,
        negotiateLanguage(language.cookie, language.uiLocales, language.acceptLanguage),
        {
          ...(problemOfError[error] ?? { code: error.replaceAll('_', '-'), status: 400 }),
          retryAfterSeconds: undefined,
        },
        newReference(),
      ),
  }
}

export function openOidc(
  parts: {
    readonly config: Config
    readonly connection: DatabaseConnection
    readonly platform: Platform
    readonly brand: BrandModel
    readonly house: House
    readonly registry: ConsentRegistry
    readonly facts: FactsReader
    readonly factsParts: FactsParts
    readonly release: ReleaseClaims
    readonly work: OidcDeps['work']
    readonly audit: RecordAudit
    readonly ownClients: ReadonlySet<string>
    readonly touchpoints: Touchpoints
    readonly onPairwise: (sector: string, sub: string, accountId: string) => void
    readonly onRoundTrip?: (name: string) => void
  } & Pick<CallParts, 'reads' | 'sealer' | 'later'>,
): Promise<Oidc> {
  const { config, platform, registry, facts, house } = parts
  const { clock, entropy, metrics } = platform
  const api = ownApi(config.issuer)
  return createOidc({
    issuer: config.issuer,
    connection: parts.connection,
    reader: platform.tokenReader,
    derivedKeys: platform.keys,
    kek: platform.kek,
    rotation: { ...defaultRotation, algorithms: ['ES256', 'EdDSA', 'RS256'] },
    clock,
    entropy,
    fetch: countedFetch((url, init) => platform.egress.fetch(url, init), metrics),
    release: parts.release,
    along: { release: releaseAlong, undecided: factsAlong },
    undecided: async (subjectId, clientId, carried) => {
      // Our own pages ask for a sign-in to show the choices: asking for them first would go in a circle.
      if (parts.ownClients.has(clientId)) return false
      const known = carried === undefined ? facts : carriedFacts(subjectId, carried, parts.factsParts)
      return (await undecidedPurposes({ facts: known, registry, clock }, { subjectId, ...house })).length > 0
    },
    findResource: (indicator) =>
      indicator === api
        ? { indicator, scopes: ownApiScopes, consentGated: true, introspectors: [] }
        : undefined,
    defaultResource: api,
    touchpoint: (id) => claimOf(parts.touchpoints, id),
    device: deviceParts({ config, platform, touchpoints: parts.touchpoints }),
    visitWork: afterCommit(visitWorkOn(platform.lanes.login), countAlarms(metrics)),
    onVisitsEnded: helpEndsWithVisits(platform),
    ciba: callParts(parts),
    claimsByScope: () => claimsByScope(registry.current().attributes.values()),
    views: engineViews(parts.brand, enginePages(parts.brand), () =>
      speakableReference(entropy.id<'request'>()),
    ),
    work: parts.work,
    audit: parts.audit,
    around: limitTokenFailures({
      limiter: platform.limiter,
      clock,
      trustedProxies: config.trustedProxies,
    }),
    metrics,
    log: platform.log,
    onPairwise: parts.onPairwise,
    ...(parts.onRoundTrip === undefined ? {} : { onRoundTrip: parts.onRoundTrip }),
  })
}
