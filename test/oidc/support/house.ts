import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import Koa from 'koa'
import type { Assurance } from '../../../src/kernel/actor.ts'
import type { AuditEntry } from '../../../src/kernel/audit-trail.ts'
import { PlacetError } from '../../../src/kernel/errors.ts'
import type { SubjectId } from '../../../src/kernel/ids.ts'
import {
  createOidc,
  type Oidc,
  type OidcDeps,
  pgEndingStores,
  type ReleaseRequest,
} from '../../../src/oidc/index.ts'
import { systemClock } from '../../../src/platform/clock.ts'
import {
  defaultRotation,
  deriveKeys,
  environmentKek,
  type RotationPolicy,
  systemEntropy,
} from '../../../src/platform/crypto/index.ts'
import type { DatabaseConnection } from '../../../src/platform/db/connection.ts'
import { openLane } from '../../../src/platform/db/lanes.ts'
import { openPipelinedReader } from '../../../src/platform/db/pipelined-reader.ts'
import { unitOfWork } from '../../../src/platform/db/unit-of-work.ts'
import type { Limiter } from '../../../src/platform/limits/index.ts'
import { openCallHouse } from './call-house.ts'
import { openDevices } from './device-house.ts'

const masterSecret = Buffer.alloc(32, 7)
const kekSecret = Buffer.alloc(32, 9)

const claimsByScope = {
  profile: ['name', 'given_name', 'family_name'],
  email: ['email', 'email_verified'],
  loyalty: ['loyalty_tier'],
} as const

export const marketingApi = 'https://marketing.tienda.example'
export const houseApi = 'https://api.tienda.example'

/** What the ledger would permit: tests change it, and the very next release must obey. */
export interface World {
  released: Record<string, unknown>
  undecided: boolean
}

export interface HouseOptions {
  readonly port?: number
  readonly issuer?: string
  readonly https?: boolean
  readonly rotation?: RotationPolicy
  readonly pollMs?: number
  readonly world?: World
  readonly deps?: Partial<OidcDeps>
}

export interface House {
  readonly issuer: string
  readonly origin: string
  readonly oidc: Oidc
  readonly world: World
  readonly releases: ReleaseRequest[]
  readonly audited: AuditEntry[]
  readonly roundTrips: string[]
  readonly counted: { grant: string; outcome: string }[]
  readonly troubles: unknown[]
  readonly limiter: Limiter
  /** What pages on the phone sent to the database. */
  readonly phoneStatements: string[]
  /** Messages to customers, notifications and statements of requests by telephone. */
  readonly calls: ReturnType<typeof openCallHouse>
  readonly server: Server
  close(): Promise<void>
}

const listenOn = (server: Server, port: number) =>
  new Promise<number>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
  })

/** A whole provider over HTTP, with the sign-in pages replaced by a small JSON interface for programs. */
export async function openHouse(connection: DatabaseConnection, options: HouseOptions = {}): Promise<House> {
  const app = new Koa()
  const server = createServer()
  const port = await listenOn(server, options.port ?? 0)
  const issuer = options.issuer ?? `http://localhost:${port}`
  const world = options.world ?? { released: {}, undecided: false }
  const releases: ReleaseRequest[] = []
  const audited: AuditEntry[] = []
  const roundTrips: string[] = []
  const counted: { grant: string; outcome: string }[] = []
  const troubles: unknown[] = []
  const reader = openPipelinedReader(connection, 'oidc-read')
  const lane = openLane(connection, 'oidc-endings', 2)
  const devices = openDevices(connection)
  const calls = openCallHouse(connection, reader, devices.deps.limiter)
  const oidc = await createOidc({
    issuer: new URL(issuer),
    connection,
    reader,
    derivedKeys: deriveKeys([masterSecret]),
    kek: environmentKek([kekSecret]),
    rotation: options.rotation ?? { ...defaultRotation, algorithms: ['ES256', 'EdDSA'] },
    clock: systemClock,
    entropy: systemEntropy,
    fetch: (url, init) => fetch(url, init),
    release: async (request) => {
      releases.push(request)
      return { ...world.released }
    },
    undecided: async () => world.undecided,
    findResource: (indicator) => {
      if (indicator === marketingApi) {
        return { indicator, scopes: ['segments:read'], consentGated: true, introspectors: ['marketing-api'] }
      }
      if (indicator === houseApi) {
        return { indicator, scopes: ['orders:read'], consentGated: false, introspectors: [] }
      }
      return undefined
    },
    defaultResource: undefined,
    claimsByScope: () => claimsByScope,
    views: {
      error: ({ error, description }) =>
        `<h1>${error}</h1><p>${(description ?? '').replaceAll('<', '&lt;')}</p>`,
      logout: ({ action, xsrf }) =>
        `<form method="post" action="${action}"><input name="xsrf" value="${xsrf}"></form>`,
      loggedOut: () => '<h1>Hasta pronto</h1>',
      formPost: ({ action }) => `<form method="post" action="${action}"></form>`,
    },
    work: unitOfWork(lane, pgEndingStores, async (_, entries) => void audited.push(...entries)),
    audit: async (entries) => void audited.push(...entries),
    metrics: { tokens: { inc: (labels) => void counted.push(labels) } },
    log: {
      info: () => {},
      warn: (_event, _fields, error) => void troubles.push(error),
      error: (_event, _fields, error) => void troubles.push(error),
    },
    onRoundTrip: (name) => void roundTrips.push(name),
    device: devices.deps,
    ciba: calls.deps,
    pollMs: options.pollMs ?? 60_000,
    ...options.deps,
  })

  app.use(async (ctx, next) => {
    const step = /^\/sign-in\/([^/]+)(?:\/([a-z]+))?$/.exec(ctx.path)
    if (step === null) return next()
    const exchange = { req: ctx.req, res: ctx.res }
    const body = await bodyOf(ctx.req)
    try {
      if (step[2] === undefined) {
        ctx.body = await oidc.interactions.open(exchange)
        return
      }
      ctx.status = 303
      ctx.redirect(await answer(oidc, exchange, step[2], body))
    } catch (error) {
      if (!(error instanceof PlacetError)) throw error
      ctx.status = error.failure === 'gone' ? 410 : 400
      ctx.body = { code: error.code }
    }
  })
  app.use(async (ctx, next) => {
    const exchange = { req: ctx.req, res: ctx.res }
    if (ctx.path.startsWith('/phone/')) ctx.body = await devices.answer(oidc, ctx.path, await textOf(ctx.req))
    else if (ctx.path.startsWith('/call/'))
      ctx.body = await calls.answer(oidc, ctx.path, await textOf(ctx.req))
    else if (ctx.path.startsWith('/check/'))
      ctx.body = await calls.check(oidc, ctx.path, await textOf(ctx.req))
    else if (ctx.path === '/whoami') ctx.body = (await oidc.currentSession(exchange)) ?? {}
    else if (ctx.path === '/bearer') ctx.body = (await oidc.bearer(exchange)) ?? {}
    else await next()
  })
  app.use(oidc.middleware)
  server.on('request', app.callback())

  return {
    issuer,
    origin: `http://localhost:${port}`,
    oidc,
    world,
    releases,
    audited,
    roundTrips,
    counted,
    troubles,
    limiter: devices.deps.limiter,
    phoneStatements: devices.statements,
    calls,
    server,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await calls.close()
      await oidc.close()
      await reader.close()
      await lane.destroy()
      await devices.close()
    },
  }
}

interface Step {
  readonly subjectId?: SubjectId
  readonly assurance?: Assurance
  readonly remember?: boolean
  readonly scopes?: string[]
  readonly claims?: string[]
  readonly resources?: Record<string, string[]>
}

type Exchange = Parameters<Oidc['interactions']['open']>[0]

function answer(oidc: Oidc, exchange: Exchange, step: string, body: Step): Promise<string> {
  const { interactions } = oidc
  if (step === 'login') {
    const { subjectId, assurance = 'passkey', remember = true } = body
    return interactions.login(exchange, { subjectId: subjectId as SubjectId, assurance, remember })
  }
  if (step === 'purposes') return interactions.purposesAnswered(exchange)
  if (step === 'consent') {
    const { scopes = [], claims = [], resources = {} } = body
    return interactions.authorize(exchange, { scopes, claims, resources })
  }
  return interactions.abort(exchange)
}

async function textOf(req: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of req) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}

async function bodyOf(req: AsyncIterable<Buffer>): Promise<Step> {
  const text = await textOf(req)
  return text.startsWith('{') ? (JSON.parse(text) as Step) : {}
}
