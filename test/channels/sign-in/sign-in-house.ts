import { createServer, request as httpRequest, type IncomingMessage, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { load } from 'cheerio'
import { startSmtpSink } from '../../../demo/outbox/smtp-sink.ts'
import { errorPages } from '../../../src/channels/error-pages.ts'
import { pageRenderer } from '../../../src/channels/page-renderer.ts'
import { type SecurityDeps, securityRoutes } from '../../../src/channels/privacy-centre/security.ts'
import {
  type Asks,
  accountMail,
  type ClaimPreview,
  type Interactions,
  type OpenInteraction,
  signInChannel,
} from '../../../src/channels/sign-in/index.ts'
import { readAuditStream } from '../../../src/features/audit/index.ts'
import { putAttribute } from '../../../src/features/profile/index.ts'
import type { Assurance } from '../../../src/kernel/actor.ts'
import { gone } from '../../../src/kernel/errors.ts'
import type { SubjectId } from '../../../src/kernel/ids.ts'
import { createSealedTokens, systemEntropy } from '../../../src/platform/crypto/index.ts'
import { createSmtpMailer } from '../../../src/platform/mail/index.ts'
import { createArgon2Hasher, createPasswordPolicy } from '../../../src/platform/passwords/index.ts'
import { readCookie } from '../../../src/platform/web/cookies.ts'
import { csrfGuard } from '../../../src/platform/web/csrf.ts'
import { webApp } from '../../../src/platform/web/web-app.ts'
import { openHouse } from '../../features/identity/house.ts'

type Begin = Partial<Omit<OpenInteraction, 'uid'>>
interface Finished {
  readonly uid: string
  readonly subjectId: SubjectId
  readonly assurance: Assurance
}

/** Stands for the protocol engine: opens interactions in a browser, and notes how each ended. */
function engine() {
  const open = new Map<string, OpenInteraction>()
  const finished: Finished[] = []
  const authorized: Asks[] = []
  let aborted = 0
  const of = (req: IncomingMessage) => {
    const found = open.get(readCookie(req.headers.cookie, 'engine') ?? '')
    if (found === undefined) throw gone('interaction-expired', 'No interaction here.')
    return found
  }
  const interactions: Interactions = {
    open: async ({ req }) => of(req),
    login: async ({ req }, { subjectId, assurance }) => {
      const { uid } = of(req)
      open.delete(uid)
      finished.push({ uid, subjectId, assurance })
      return `/engine/resume/${uid}`
    },
    authorize: async ({ req }, asks) => {
      authorized.push(asks)
      return `/engine/resume/${of(req).uid}`
    },
    abort: async ({ req }) => {
      aborted += 1
      return `/engine/resume/${of(req).uid}?error=access_denied`
    },
  }
  return {
    interactions,
    finished,
    authorized,
    aborted: () => aborted,
    begin: (more: Begin = {}): string => {
      const uid = Buffer.from(systemEntropy.bytes(12)).toString('base64url')
      open.set(uid, {
        uid,
        prompt: 'login',
        clientId: 'tienda-norte',
        clientName: 'Tienda Norte',
        uiLocales: ['es'],
        asks: { scopes: ['openid'], claims: [], resources: {} },
        ...more,
      })
      return uid
    },
  }
}

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
  const theEngine = engine()

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
    interactions: theEngine.interactions,
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
    engine: theEngine,
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

export interface Page {
  readonly status: number
  readonly path: string
  readonly location: string | undefined
  readonly headers: Readonly<Record<string, unknown>>
  readonly cookies: readonly string[]
  readonly text: string
  /** The `<h1>`, which is the question. */
  readonly title: string
  readonly errors: readonly string[]
}

/** A browser as far as forms go: cookies, the token of the page it is on, and the headers browsers send. */
export class Browser {
  readonly jar = new Map<string, string>()
  readonly #port: number
  readonly #address: string
  #csrf = ''

  constructor(port: number, address: string) {
    this.#port = port
    this.#address = address
  }

  /** Comes from the engine with an interaction. */
  async enter(uid: string): Promise<Page> {
    this.jar.set('engine', uid)
    return this.open(`/sign-in/${uid}`)
  }

  /** Opens a page and follows where it leads, as long as that is one of ours. */
  async open(path: string): Promise<Page> {
    return this.#follow(await this.#send('GET', path, { accept: 'text/html' }))
  }

  /** Sends a form and follows. */
  async submit(path: string, fields: Readonly<Record<string, string>> = {}): Promise<Page> {
    return this.#follow(await this.post(path, fields))
  }

  /** Sends a form and stays where the answer is. */
  post(path: string, fields: Readonly<Record<string, string>> = {}): Promise<Page> {
    const body = new URLSearchParams({ _csrf: this.#csrf, ...fields }).toString()
    return this.#send(
      'POST',
      path,
      { accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' },
      body,
    )
  }

  /** What the page's script does before a ceremony. */
  async fetchOptions<Options>(
    path: string,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Options> {
    const page = await this.#send('POST', path, {
      accept: 'application/json',
      'x-csrf-token': this.#csrf,
      ...headers,
    })
    if (page.status !== 200) throw new Error(`options answered ${page.status}`)
    return JSON.parse(page.text)
  }

  /** Another browser with what this one has in its jar, as a thief of cookies would have. */
  copy(names: readonly string[]): Browser {
    const other = new Browser(this.#port, this.#address)
    for (const [name, value] of this.jar)
      if (names.some((one) => name.startsWith(one))) other.jar.set(name, value)
    return other
  }

  async #follow(page: Page): Promise<Page> {
    const own = `http://localhost:${this.#port}`
    let at = page
    for (let hop = 0; hop < 8; hop += 1) {
      const next = at.location?.startsWith(`${own}/`) ? at.location.slice(own.length) : at.location
      if (next === undefined || next.startsWith('/engine/') || !next.startsWith('/')) return at
      at = await this.#send('GET', next, { accept: 'text/html' })
    }
    throw new Error(`${page.path} leads in circles`)
  }

  #send(
    method: string,
    path: string,
    headers: Readonly<Record<string, string>>,
    body?: string,
  ): Promise<Page> {
    return new Promise((resolve, reject) => {
      const sent = httpRequest(
        {
          host: '127.0.0.1',
          port: this.#port,
          method,
          path,
          agent: false,
          headers: {
            host: `localhost:${this.#port}`,
            'user-agent': 'Mozilla/5.0 (X11; Linux) Firefox/140.0',
            'accept-language': 'es',
            'x-forwarded-for': this.#address,
            cookie: [...this.jar].map(([name, value]) => `${name}=${value}`).join('; '),
            ...(method === 'POST'
              ? { origin: `http://localhost:${this.#port}`, 'sec-fetch-site': 'same-origin' }
              : {}),
            ...headers,
          },
        },
        (res) => {
          const chunks: Buffer[] = []
          res.on('data', (chunk: Buffer) => chunks.push(chunk))
          res.on('end', () => resolve(this.#read(path, res, Buffer.concat(chunks).toString('utf8'))))
        },
      )
      sent.on('error', reject)
      sent.end(body)
    })
  }

  #read(path: string, res: IncomingMessage, text: string): Page {
    const cookies = res.headers['set-cookie'] ?? []
    for (const cookie of cookies) {
      const [pair = ''] = cookie.split(';')
      const at = pair.indexOf('=')
      if (/max-age=0/i.test(cookie)) this.jar.delete(pair.slice(0, at))
      else this.jar.set(pair.slice(0, at), pair.slice(at + 1))
    }
    const document = load(text)
    const token = document('input[name="_csrf"]').first().attr('value')
    if (token !== undefined) this.#csrf = token
    return {
      status: res.statusCode ?? 0,
      path,
      location: res.headers.location,
      headers: res.headers,
      cookies,
      text,
      title: document('h1').first().text().trim(),
      errors: document('#error-summary li')
        .map((_, item) => document(item).text().trim())
        .get(),
    }
  }
}
