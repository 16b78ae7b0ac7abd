import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { startSmtpSink } from '../../../demo/outbox/smtp-sink.ts'
import { errorPages } from '../../../src/channels/error-pages.ts'
import { pageRenderer } from '../../../src/channels/page-renderer.ts'
import { type SecurityDeps, securityRoutes } from '../../../src/channels/privacy-centre/security.ts'
import { accountMail, type ClaimPreview, signInChannel } from '../../../src/channels/sign-in/index.ts'
import { readAuditStream } from '../../../src/features/audit/index.ts'
import { putAttribute } from '../../../src/features/profile/index.ts'
import type { Assurance } from '../../../src/kernel/actor.ts'
import type { SubjectId } from '../../../src/kernel/ids.ts'
import { createSealedTokens, systemEntropy } from '../../../src/platform/crypto/index.ts'
import { createSmtpMailer } from '../../../src/platform/mail/index.ts'
import { createArgon2Hasher, createPasswordPolicy } from '../../../src/platform/passwords/index.ts'
import { readCookie } from '../../../src/platform/web/cookies.ts'
import { csrfGuard } from '../../../src/platform/web/csrf.ts'
import { webApp } from '../../../src/platform/web/web-app.ts'
import { openHouse } from '../../features/identity/house.ts'
import { engineStandIn } from './engine-stand-in.ts'
import { Browser } from './form-browser.ts'

const attributes = [
  ['first_name', 'given_name', 'Nombre', {}],
  ['postal_code', 'postal_code', 'Código postal', { format: 'postal-code-es' as const }],
] as const

/** Everything between a browser and the database, listening, with mail that really arrives. */
export async function openSignInHouse(options: { readonly preview?: ClaimPreview } = {}) {
  const house = await openHouse()
  for (const [position, [attributeId, claim, label, more]] of attributes.entries()) {
    await putAttribute(house.owner, {
      attributeId,
      claim,
      valueSchema: { type: 'string', maxLength: 60, ...more },
      labels: { es: label, en: claim },
      reasons: { es: `Para ${attributeId}` },
      sensitivity: 'personal',
      retention: 'account',
      position,
    })
  }
  const sink = await startSmtpSink()
  const mailer = createSmtpMailer({
    url: sink.url,
    from: { address: 'no-reply@example.es', name: 'Tienda Norte' },
  })
  const hasher = createArgon2Hasher({ workers: 1, maxWaitMs: 20_000 })
  const policy = createPasswordPolicy()
  const tasks: Promise<void>[] = []
  const later = (task: () => Promise<void>) => void tasks.push(task())
  const engine = engineStandIn()

  let listener: RequestListener = (_req, res) => res.writeHead(503).end()
  const server = createServer((req, res) => listener(req, res))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const origin = `http://localhost:${port}`
  const brand = { id: 'norte', name: 'Tienda Norte' }
  const renderer = pageRenderer(brand)
  const mail = accountMail({
    mailer,
    reads: house.reads,
    sealer: house.sealer,
    brandName: 'Tienda Norte',
    timeZone: 'Atlantic/Canary',
    securityHref: `${origin}/privacy/security`,
  })
  const shared = {
    ...house.deps,
    relyingParty: { rpId: 'localhost', name: 'Tienda Norte', origins: [origin] },
    renderer,
    hasher,
    policy,
    later,
    https: false,
    passwordMinLength: 15,
  }
  const channel = signInChannel({
    ...shared,
    interactions: engine.interactions,
    previewClaims: async () => {
      if (options.preview === undefined) throw new Error('nothing to preview')
      return options.preview
    },
    sealedTokens: createSealedTokens(house.keys.all('sealed-tokens'), origin),
    mail,
    jurisdiction: 'ES',
    requiredAttributes: ['first_name'],
    optionalAttributes: ['postal_code'],
  })
  const sessions = new Map<
    string,
    { subjectId: SubjectId; assurance: Assurance; authenticatedAt: Date; sessionRef: string }
  >()
  const ended: string[] = []
  const sessionOf = async (req: IncomingMessage) =>
    sessions.get(readCookie(req.headers.cookie, 'session') ?? '')
  const security: SecurityDeps = {
    ...shared,
    sessions: {
      list: async (subjectId) =>
        [...sessions.values()]
          .filter((one) => one.subjectId === subjectId)
          .map(({ sessionRef, authenticatedAt }) => ({
            ref: sessionRef,
            deviceLabel: 'Firefox · Linux',
            seenAt: authenticatedAt,
            clientIds: ['tienda-norte'],
          })),
      end: async (subjectId, ref) => void ended.push(`${subjectId} ${ref}`),
      endOthers: async (subjectId, keep) => void ended.push(`${subjectId} all but ${keep}`),
    },
    currentSession: ({ req }) => sessionOf(req),
    recentActivity: async (subjectId, most) =>
      (await readAuditStream(house.lane, subjectId)).lines.toReversed().slice(0, most),
    clientNames: async (ids) => ids.map(() => 'Tienda Norte'),
    silence: async () => 0,
    tell: mail.tell,
  }
  const app = webApp({
    issuer: new URL(origin),
    https: false,
    hosts: [`localhost:${port}`],
    trustedProxies: ['127.0.0.1'],
    clock: house.clock,
    entropy: systemEntropy,
    csrf: csrfGuard(house.keys.current('csrf').bytes, origin),
    gatekeepers: {
      subject: async ({ req }) => {
        const session = await sessionOf(req)
        if (session === undefined) return undefined
        const { subjectId, assurance, sessionRef, authenticatedAt } = session
        return { actor: { kind: 'subject', subjectId, assurance, sessionRef }, authenticatedAt }
      },
      staff: async () => undefined,
      client: async () => undefined,
      staffMay: () => false,
      clientMay: () => false,
      signInLocation: (caller, returnTo) => `/engine/authorize?${JSON.stringify({ caller, returnTo })}`,
    },
    idempotency: {
      claim: async () => ({ state: 'fresh' }),
      complete: async () => {},
      release: async () => {},
    },
    strict: true,
    onUndeclaredStatus: () => {},
    log: {
      info: () => {},
      warn: () => {},
      error: (_event, _fields, error) => {
        throw error
      },
    },
    errorPage: errorPages(brand),
    onAnswered: () => {},
    surfaces: [
      { surface: { channel: channel.id, surface: channel.name }, routes: channel.routes },
      { surface: { channel: 'web', surface: 'privacy-centre' }, routes: securityRoutes(security) },
    ],
  })
  listener = app.callback()

  const settle = async () => {
    await Promise.all(tasks.splice(0))
  }
  return {
    ...house,
    origin,
    sink,
    engine,
    hasher,
    sessions,
    ended,
    settle,
    routes: channel.routes,
    browser: (more: { readonly address?: string } = {}) => new Browser(port, more.address ?? '203.0.113.7'),
    /** The code in the newest mail to an address, once it has arrived. */
    codeFor: async (to: string): Promise<string> => {
      await settle()
      const mail = sink.last(to)
      return /\b\d{6}\b/.exec(`${mail?.subject} ${mail?.text}`)?.[0] ?? ''
    },
    mailsTo: async (to: string): Promise<readonly string[]> => {
      await settle()
      return sink.messages.filter(({ recipients }) => recipients.includes(to)).map(({ kind }) => kind)
    },
    lastMailTo: async (to: string): Promise<string> => {
      await settle()
      return sink.messages.findLast(({ recipients }) => recipients.includes(to))?.text ?? ''
    },
    close: async () => {
      await settle().catch(() => {})
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await Promise.all([mailer.close(), sink.close(), hasher.close(), policy.close()])
      await house.close()
    },
  }
}

export type SignInHouse = Awaited<ReturnType<typeof openSignInHouse>>
