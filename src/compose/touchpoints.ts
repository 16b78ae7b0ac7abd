import { touchpointConsole } from '../channels/admin-console/index.ts'
import type { Channel } from '../channels/channel.ts'
import { enrolTerminalRoutes } from '../channels/kiosk/enrol-terminal.ts'
import type { PageRenderer } from '../channels/page-renderer.ts'
import type { ClientRegistration, RecipientStores } from '../features/recipients/index.ts'
import { assertMayAt, pgStaffDirectory, type StaffStores } from '../features/staff/index.ts'
import {
  type CachedTouchpoints,
  enrolTerminal,
  openTouchpoints,
  pgTerminalReads,
  pgTouchpointSource,
  type TouchpointParts,
  type TouchpointStores,
  terminalClientId,
} from '../features/touchpoints/index.ts'
import type { Work } from '../kernel/work.ts'
import { kioskScopes, type Oidc, parseClientMetadata } from '../oidc/index.ts'
import type { HouseNames } from './house-names.ts'
import type { Platform } from './platform.ts'

export type TouchpointTx = TouchpointStores & Pick<RecipientStores, 'clients'> & StaffStores

/** The registry as this process knows it. */
export const touchpointRegistry = ({
  lanes,
  log,
}: Pick<Platform, 'lanes' | 'log'>): Promise<CachedTouchpoints> =>
  openTouchpoints(pgTouchpointSource(lanes.console), {
    onPollFailed: (error) => log.warn('touchpoints.poll-failed', {}, error),
  })

/** What a terminal may ask for: to have somebody sign in at it with their own device, and nothing else. */
const terminalGrants = ['urn:ietf:params:oauth:grant-type:device_code']

/** How touchpoints and terminals are changed: who may, and what becomes of a terminal's client in the same unit. */
export function touchpointParts(house: {
  readonly platform: Pick<Platform, 'clock' | 'entropy'>
  readonly consoleWork: Work<TouchpointTx>
  readonly names: Pick<HouseNames, 'recipient' | 'brand'>
  readonly oidc: Pick<Oidc, 'checkClient'>
}): TouchpointParts<TouchpointTx> {
  const { platform, consoleWork, names, oidc } = house
  return {
    work: consoleWork,
    clock: platform.clock,
    entropy: platform.entropy,
    authorize: ({ staff }, actor, powers, at) => assertMayAt(staff, actor, powers, at),
    clients: {
      admit: async ({ clients }, terminal, key, at) => {
        const clientId = terminalClientId(terminal.id)
        const metadata = parseClientMetadata(
          clientId,
          {
            client_name: terminal.name,
            grant_types: terminalGrants,
            scope: kioskScopes.join(' '),
            token_endpoint_auth_method: 'private_key_jwt',
            token_endpoint_auth_signing_alg: 'ES256',
            jwks: { keys: [{ ...key, alg: 'ES256', use: 'sig' }] },
            dpop_bound_access_tokens: true,
            id_token_signed_response_alg: 'ES256',
            subject_type: 'public',
            touchpoint: terminal.id,
          },
          { firstParty: true, terminal: true },
        )
        const client: ClientRegistration = {
          clientId,
          recipientId: names.recipient,
          firstParty: true,
          purposeId: undefined,
          contactChannel: 'none',
          brandId: names.brand,
          channel: 'kiosk',
          metadata,
        }
        await oidc.checkClient(client)
        if (await clients.insert(client, [], at)) return
        await clients.lock(clientId)
        await clients.setMetadata(clientId, metadata, at)
        await clients.setState(clientId, 'active', at)
      },
      end: async ({ clients }, touchpointId, at) => {
        const clientId = terminalClientId(touchpointId)
        if ((await clients.lock(clientId)) !== undefined) await clients.setState(clientId, 'disabled', at)
      },
    },
  }
}

interface TouchpointChannelParts {
  readonly touchpoints: CachedTouchpoints
  readonly places: TouchpointParts<TouchpointTx>
  readonly oidc: Pick<Oidc, 'reloadClients'>
  readonly platform: Pick<Platform, 'limiter' | 'reader' | 'lanes' | 'https'>
  readonly renderer: PageRenderer
  readonly issuer: URL
}

/** The pages where staff keeps the tree, and the address where a terminal brings its key. */
export const touchpointChannels = (parts: TouchpointChannelParts): readonly Channel[] => {
  const { touchpoints, places, oidc, platform, renderer } = parts
  const pages = touchpointConsole({
    renderer,
    directory: pgStaffDirectory(platform.reader),
    https: platform.https,
    touchpoints,
    terminals: pgTerminalReads(platform.lanes.console),
    places,
    reloadClients: oidc.reloadClients,
  })
  return [pages, terminalChannel(parts)]
}

function terminalChannel({ touchpoints, places, oidc, platform, issuer }: TouchpointChannelParts): Channel {
  const { limiter } = platform
  return {
    id: 'kiosk',
    name: 'terminal',
    routes: enrolTerminalRoutes({
      limiter,
      issuer,
      enrol: async (command) => {
        const enrolled = await enrolTerminal(places, { ...command, audience: issuer.origin })
        // It asks for its first sign-in at once, and the place may have been registered by another process a moment ago.
        await Promise.all([touchpoints.refresh(), oidc.reloadClients()])
        return enrolled
      },
    }),
  }
}
