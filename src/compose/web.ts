import type { BrandModel } from '../../views/page.tsx'
import { staffGatekeeper } from '../channels/admin-console/index.ts'
import type { Channel } from '../channels/channel.ts'
import { errorPages } from '../channels/error-pages.ts'
import { privacyCentreSignIn } from '../channels/privacy-centre/index.ts'
import { pgStaffDirectory } from '../features/staff/index.ts'
import { engineRouteName, type Oidc } from '../oidc/index.ts'
import type { Config } from '../platform/config/index.ts'
import { pgIdempotency } from '../platform/db/pg-idempotency.ts'
import { webApp } from '../platform/web/web-app.ts'
import { gatekeepers } from './gatekeepers.ts'
import type { HouseNames } from './house-names.ts'
import { kioskVisitors } from './kiosk.ts'
import { ownApi } from './oidc.ts'
import type { Platform } from './platform.ts'

interface Inside {
  readonly config: Config
  readonly platform: Platform
  readonly names: Pick<HouseNames, 'privacyCentreClient'>
  readonly oidc: Pick<Oidc, 'currentSession' | 'bearer' | 'middleware' | 'visits'>
  readonly brand: BrandModel
}

/** The door: every way in behind one guard, which knows who may call and tells what went wrong in one voice. */
export function openWeb(
  { config, platform, names, oidc, brand }: Inside,
  channels: readonly Channel[],
): ReturnType<typeof webApp> {
  const { clock, entropy, https, log, metrics, reader, sealedTokens } = platform
  return webApp({
    issuer: config.issuer,
    hosts: [config.issuer.host],
    trustedProxies: config.trustedProxies,
    https,
    clock,
    entropy,
    csrf: platform.csrf,
    gatekeepers: gatekeepers({
      oidc,
      audience: ownApi(config.issuer),
      kioskVisitor: kioskVisitors(oidc, platform),
      staff: staffGatekeeper({ directory: pgStaffDirectory(reader), https }),
      subjectSignIn: privacyCentreSignIn({
        issuer: config.issuer,
        clientId: names.privacyCentreClient,
        sealedTokens,
        clock,
        entropy,
      }),
    }),
    idempotency: pgIdempotency(reader),
    strict: !config.production,
    onUndeclaredStatus: (route, status) => log.error('http.undeclared-status', { code: route, status }),
    log,
    errorPage: errorPages(brand),
    onAnswered: ({ route, method, status, seconds }) =>
      metrics.httpSeconds.observe({ route, method, status: String(status) }, seconds),
    surfaces: channels.map(({ id, name, routes }) => ({ surface: { channel: id, surface: name }, routes })),
    engine: { middleware: oidc.middleware, routeNameOf: engineRouteName },
  })
}
