import type { IncomingMessage, RequestListener } from 'node:http'
import { load } from 'cheerio'
import { startSmtpSink } from '../../../demo/outbox/smtp-sink.ts'
import { consentLinksChannel, consentMail } from '../../../src/channels/consent-links/index.ts'
import { pageRenderer } from '../../../src/channels/page-renderer.ts'
import {
  privacyCentreChannel,
  privacyCentreSignIn,
  requestMail,
} from '../../../src/channels/privacy-centre/index.ts'
import type { ActivityLine } from '../../../src/channels/privacy-centre/security-deps.ts'
import { preferencesRoutes } from '../../../src/channels/sign-in/preferences.ts'
import { askedQuestions } from '../../../src/compose/asked-questions.ts'
import { assetRoutes } from '../../../src/compose/assets.ts'
import { keepProofs } from '../../../src/compose/pg-work.ts'
import {
  type ConfirmationParts,
  isGuardianOf,
  pgConfirmationReads,
  pgConsentLog,
  pgGuardianReads,
  pgPermissionReads,
  pgRegistrySource,
  requestConfirmations,
  type VerifyParts,
} from '../../../src/features/consent/index.ts'
import {
  pgIdentityArtefacts,
  pgIdentityReads,
  pgIdentityStores,
} from '../../../src/features/identity/index.ts'
import {
  pgAcknowledgementTurns,
  pgPrivacyRequestStores,
  pgRequestReads,
  type RequestParts,
  workingCalendarOf,
} from '../../../src/features/privacy-requests/index.ts'
import { pgAssertionReads } from '../../../src/features/profile/index.ts'
import { pgDisclosureReads } from '../../../src/features/recipients/index.ts'
import { gone } from '../../../src/kernel/errors.ts'
import { parseId, type SubjectId } from '../../../src/kernel/ids.ts'
import { createBlindIndex, createSealedTokens, deriveKeys } from '../../../src/platform/crypto/index.ts'
import { unitOfWork } from '../../../src/platform/db/unit-of-work.ts'
import { createPgLimiter } from '../../../src/platform/limits/index.ts'
import { createSmtpMailer } from '../../../src/platform/mail/index.ts'
import { createOutboxSms } from '../../../src/platform/sms/index.ts'
import { readCookie } from '../../../src/platform/web/cookies.ts'
import { csrfGuard } from '../../../src/platform/web/csrf.ts'
import { listen } from '../../../src/platform/web/listen.ts'
import { webApp } from '../../../src/platform/web/web-app.ts'
import { house, openConsentHouse } from '../../features/consent/consent-house.ts'

/** The cookie by which this site knows who is signed in; the real one belongs to the protocol engine. */
export const sessionCookie = 'test_session'

const sessionOf = async ({ req }: { readonly req: IncomingMessage }) => {
  const subjectId = parseId<'subject'>(readCookie(req.headers.cookie, sessionCookie))
  if (subjectId === undefined) return undefined
  return { subjectId, assurance: 'password' as const, authenticatedAt: new Date(), sessionRef: 'session-1' }
}

/** The privacy centre and the preferences prompt behind a real server, with the guard and headers of the product. */
export async function openCustomerSite({ timeZone = 'Europe/Madrid' } = {}) {
  const norte = await openConsentHouse()
  let handler: RequestListener = (_, res) => void res.writeHead(503).end()
  const server = await listen((req, res) => handler(req, res), 0, '127.0.0.1')
  const origin = `http://localhost:${server.port}`
  const keys = deriveKeys([new Uint8Array(32).fill(7)])
  const sealedTokens = createSealedTokens(keys.all('sealed-tokens'), origin)
  const brand = { id: house.brand, name: 'Tienda Norte' }
  const renderer = pageRenderer(brand)
  const failures: string[] = []
  const reads = pgIdentityReads(norte.lane)
  /** Interactions that wait for preferences, by uid; an answered one is gone. */
  const waiting = new Map<string, SubjectId>()
  const answered: string[] = []
  const activity = new Map<SubjectId, readonly ActivityLine[]>()
  const uidOf = (req: IncomingMessage) => /^\/sign-in\/([\w-]+)/.exec(req.url ?? '')?.[1] ?? ''

  const outbox = await startSmtpSink()
  const mailer = createSmtpMailer({
    url: outbox.url,
    from: { address: 'hola@tiendanorte.example', name: 'Tienda Norte' },
  })
  const { clock, entropy, sealer, registry, work } = norte
  const known = {
    clock,
    entropy,
    registry,
    sealer,
    reads,
    facts: norte.parts.facts,
    messages: consentMail({
      mailer,
      sms: createOutboxSms(mailer),
      entropy,
      brandName: 'Tienda Norte',
      issuer: new URL(origin),
    }),
    tokens: sealedTokens,
  }
  const confirmations: ConfirmationParts = {
    ...known,
    work,
    confirmations: pgConfirmationReads(norte.lane),
  }
  const blindIndex = createBlindIndex(new Uint8Array(32).fill(9))
  const guardians: VerifyParts = {
    ...known,
    guardianWork: work,
    guardians: pgGuardianReads(norte.lane),
    blindIndex,
    limiter: { consume: async () => {}, clear: async () => {} },
    codes: pgIdentityArtefacts(norte.lane, sealedTokens).codes,
    codeKey: new Uint8Array(32).fill(3),
  }
  const ledger = { ...norte.parts, sealer, isGuardianOf: isGuardianOf(guardians) }
  /** What was left for after the answer; `settled` waits for it. */
  const afterwards: Promise<unknown>[] = []
  const later = (task: () => Promise<void>): void => {
    afterwards.push(task().catch((error) => failures.push(String(error))))
  }

  const privacyRequests: RequestParts = {
    work: unitOfWork(
      norte.lane,
      (trx) => ({ ...pgIdentityStores(trx), ...pgPrivacyRequestStores(trx) }),
      keepProofs,
    ),
    requests: pgRequestReads(norte.lane),
    turns: pgAcknowledgementTurns(norte.lane),
    reads,
    sealer,
    tokens: sealedTokens,
    clock,
    entropy,
    calendar: workingCalendarOf('ES'),
    timeZone,
    messages: requestMail({
      mailer,
      sms: createOutboxSms(mailer),
      entropy,
      brandName: 'Tienda Norte',
      timeZone,
      issuer: new URL(origin),
    }),
    textMessages: true,
    limiter: { consume: async () => {} },
    later,
  }

  const proofs = {
    records: norte.parts.records,
    sealer: norte.sealer,
    log: pgConsentLog(norte.lane),
    publishedKeys: async () => ({ keys: [norte.publicJwk] }),
  }
  const asked = askedQuestions({
    ledger,
    house,
    log: { warn: (event, _, error) => void failures.push(`${event}: ${error}`) },
  })

  const channel = privacyCentreChannel({
    renderer,
    work: norte.work,
    ledger,
    proofs,
    credentials: false,
    timeZone,
    past: pgRegistrySource(norte.lane),
    moves: {
      work: norte.work,
      clock,
      entropy,
      registry,
      facts: norte.parts.facts,
      reads: pgPermissionReads(norte.reader),
    },
    house,
    reads,
    artefacts: pgIdentityArtefacts(norte.lane, sealedTokens),
    disclosures: pgDisclosureReads(norte.reader),
    assertions: pgAssertionReads(norte.lane),
    catalogue: norte.catalogue,
    sealer: norte.sealer,
    blindIndex,
    hasher: {
      hash: () => Promise.reject(new Error('not here')),
      verify: () => Promise.reject(new Error('not here')),
      load: () => ({ waiting: 0, running: 0 }),
      close: async () => {},
    },
    policy: { judge: () => Promise.reject(new Error('not here')), close: async () => {} },
    limiter: { consume: async () => {}, clear: async () => {} },
    clock: norte.clock,
    entropy: norte.entropy,
    relyingParty: { rpId: 'localhost', name: 'Tienda Norte', origins: [origin] },
    sessions: { list: async () => [], end: async () => 0, endOthers: async () => 0 },
    currentSession: sessionOf,
    recentActivity: async (subjectId) => activity.get(subjectId) ?? [],
    clientNames: async () => [],
    tell: async () => {},
    silence: async () => 0,
    push: {
      webPush: { currentKey: async () => undefined },
      work: () => Promise.reject(new Error('not here')),
      browsersOf: async () => [],
      mayReach: () => false,
    },
    callBlocks: { of: async () => [], work: () => Promise.reject(new Error('not here')) },
    later,
    https: false,
    passwordMinLength: 15,
    sealedTokens,
    confirmations,
    guardians,
    privacyRequests,
  })
  const preferences = preferencesRoutes({
    renderer,
    choices: norte.parts,
    limiter: { consume: async () => {}, clear: async () => {} },
    sealer: norte.sealer,
    house,
    asked,
    currentSession: sessionOf,
    onRecorded: (subjectId) => later(async () => void (await requestConfirmations(confirmations, subjectId))),
    interactions: {
      open: async ({ req }) => {
        const uid = uidOf(req)
        const subjectId = waiting.get(uid)
        if (subjectId === undefined) throw gone('interaction-expired', 'Not open.')
        return {
          uid,
          prompt: 'purposes',
          clientId: 'tienda-web',
          clientName: 'Tienda Norte en línea',
          uiLocales: [],
          subjectId,
          asks: { scopes: [], claims: [], resources: {} },
        }
      },
      purposesAnswered: async ({ req }) => {
        answered.push(uidOf(req))
        return `${origin}/oidc/auth/${uidOf(req)}`
      },
    },
  })
  const links = consentLinksChannel({
    renderer,
    ledger,
    house,
    confirmations,
    guardians,
    proofs,
    sealedTokens,
    limiter: createPgLimiter({ db: norte.sharedPool, key: new Uint8Array(32).fill(4), clock }),
    clock,
    entropy,
  })
  const app = webApp({
    issuer: new URL(origin),
    hosts: [`localhost:${server.port}`],
    https: false,
    trustedProxies: [],
    clock: norte.clock,
    entropy: norte.entropy,
    csrf: csrfGuard(new Uint8Array(32), origin),
    gatekeepers: {
      subject: async (exchange) => {
        const found = await sessionOf(exchange)
        if (found === undefined) return undefined
        const { subjectId, assurance, sessionRef, authenticatedAt } = found
        return { actor: { kind: 'subject', subjectId, assurance, sessionRef }, authenticatedAt }
      },
      staff: async () => undefined,
      client: async () => undefined,
      staffMay: () => false,
      clientMay: () => false,
      signInLocation: (caller, to) =>
        caller.who === 'subject'
          ? privacyCentreSignIn({
              issuer: new URL(origin),
              clientId: 'placet-privacy-centre',
              sealedTokens,
              clock: norte.clock,
              entropy: norte.entropy,
            })(caller, to)
          : undefined,
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
      error: (event, _, error) => void failures.push(`${event}: ${error}`),
    },
    errorPage: (problem) => `<h1>${problem.code}</h1>`,
    onAnswered: () => {},
    surfaces: [
      { surface: { channel: channel.id, surface: channel.name }, routes: channel.routes },
      { surface: { channel: 'web', surface: 'sign-in' }, routes: preferences },
      { surface: { channel: links.id, surface: links.name }, routes: links.routes },
      { surface: { channel: 'web', surface: 'assets' }, routes: await assetRoutes(brand) },
    ],
  })
  handler = app.callback()
  return {
    norte,
    origin,
    failures,
    answered,
    /** Lines of the audit trail, newest first, by person. */
    activity,
    outbox,
    sealedTokens,
    confirmations,
    guardians,
    privacyRequests,
    ledger,
    asked,
    blindIndex,
    settled: async () => {
      while (afterwards.length > 0) await afterwards.shift()
    },
    /** An interaction in which the engine waits for this person's preferences. */
    interaction: (subjectId: SubjectId) => {
      const uid = `interaction-${waiting.size}`
      waiting.set(uid, subjectId)
      return uid
    },
    close: async () => {
      await asked.close()
      await server.close(100)
      await mailer.close()
      await outbox.close()
      await norte.close()
    },
  }
}

export type CustomerSite = Awaited<ReturnType<typeof openCustomerSite>>

/** A browser: keeps cookies, reads the page as HTML, fills and sends its forms, follows no redirect by itself. */
export function openBrowser(origin: string, subjectId?: SubjectId) {
  const cookies = new Map<string, string>()
  if (subjectId !== undefined) cookies.set(sessionCookie, subjectId)
  const send = async (path: string, init: RequestInit = {}) => {
    const answer = await fetch(new URL(path, origin), {
      redirect: 'manual',
      ...init,
      headers: {
        accept: 'text/html',
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...init.headers,
      },
    })
    for (const line of answer.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      const [name = '', value = ''] = pair.split('=')
      cookies.set(name, value)
    }
    const text = await answer.text()
    return {
      status: answer.status,
      headers: answer.headers,
      location: answer.headers.get('location') ?? '',
      text,
      $: load(text),
    }
  }
  type Page = Awaited<ReturnType<typeof send>>
  /** Sends the form with the given action, with its hidden fields and what was chosen. */
  const submit = (page: Page, fields: Readonly<Record<string, string>>, action?: string) => {
    const form =
      action === undefined ? page.$('main form').first() : page.$(`form[action="${action}"]`).first()
    const body = new URLSearchParams()
    form.find('input[type=hidden]').each((_, input) => {
      const { name = '', value = '' } = input.attribs
      body.set(name, value)
    })
    form.find('input[type=radio][checked]').each((_, input) => {
      const { name = '', value = '' } = input.attribs
      body.set(name, value)
    })
    for (const [name, value] of Object.entries(fields)) body.set(name, value)
    return send(form.attr('action') ?? '', {
      method: 'POST',
      headers: {
        origin,
        'sec-fetch-site': 'same-origin',
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: body.toString(),
    })
  }
  return { open: (path: string) => send(path), submit, send, cookies }
}
