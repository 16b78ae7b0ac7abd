import { type ApiDeps, apiChannel, apiReferenceChannel } from '../channels/api/index.ts'
import type { Channel } from '../channels/channel.ts'
import type { PageRenderer } from '../channels/page-renderer.ts'
import {
  type ContactPointParts,
  optOutFor,
  pastRegistry,
  pgDeviceLog,
  pgPastFacts,
  pgPermissionReads,
  pgRegistrySource,
} from '../features/consent/index.ts'
import { pgChangeFeed } from '../features/delivery/index.ts'
import type { SubjectNames } from '../features/recipients/index.ts'
import { type Touchpoints, terminalKeyOf } from '../features/touchpoints/index.ts'
import type { Oidc } from '../oidc/index.ts'
import type { SubjectSealer } from '../platform/crypto/index.ts'
import { neededWhenTold } from './channel-contracts.ts'
import type { Platform } from './platform.ts'

/** The API for systems, and the reference that tells of it. */
export const apiChannels = (
  parts: Pick<
    ApiDeps,
    | 'clients'
    | 'registry'
    | 'facts'
    | 'ledger'
    | 'circumstances'
    | 'moves'
    | 'privacyRequests'
    | 'house'
    | 'onYes'
    | 'tills'
    | 'cards'
    | 'calls'
  > & {
    readonly platform: Platform
    readonly oidc: Pick<Oidc, 'bearerOf' | 'subjectName'>
    readonly names: SubjectNames
    readonly reads: ContactPointParts['reads']
    readonly sealer: SubjectSealer
    readonly renderer: PageRenderer
    readonly issuer: URL
    readonly touchpoints: Pick<Touchpoints, 'find' | 'list'>
  },
): readonly Channel[] => {
  const { platform, oidc, renderer, issuer, sealer, reads, touchpoints, ...rest } = parts
  const { reader, lanes, limiter, sealedTokens, clock, blindIndex } = platform
  return [
    apiChannel({
      ...rest,
      issuer,
      told: {
        clock,
        // A device that sends a whole queue at once waits for itself, and takes no connection from a login.
        devices: pgDeviceLog(lanes.console),
        needed: neededWhenTold,
        touchpoints,
        terminalKey: terminalKeyOf(lanes.console),
        audience: issuer.origin,
      },
      contactPoints: { reads, sealer, blindIndex },
      receiptSealer: sealer,
      past: pastRegistry(pgRegistrySource(lanes.console)),
      pastFacts: pgPastFacts(reader, { sealer, controller: parts.house.controller }),
      permissions: pgPermissionReads(reader),
      changes: pgChangeFeed(reader),
      nameOf: oidc.subjectName,
      personBehind: async (token) => {
        const bearer = await oidc.bearerOf(token)
        // What an agent holds about a person is never the person's own word.
        return bearer?.subjectId === undefined || bearer.byAgent
          ? undefined
          : { clientId: bearer.clientId, subjectId: bearer.subjectId }
      },
      optOut: (link) => optOutFor({ issuer, sealedTokens, now: clock.now() }, link),
      limiter,
      sealedTokens,
      clock,
    }),
    apiReferenceChannel({ renderer, issuer }),
  ]
}
