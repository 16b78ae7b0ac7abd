import { startSmtpSink } from '../../../demo/outbox/smtp-sink.ts'
import { requestMail } from '../../../src/channels/privacy-centre/index.ts'
import { keepProofs } from '../../../src/compose/pg-work.ts'
import { readAuditStream } from '../../../src/features/audit/index.ts'
import { identifierPlace } from '../../../src/features/identity/identifier.ts'
import { pgIdentityReads, pgIdentityStores, pgLinkStore } from '../../../src/features/identity/index.ts'
import {
  type OpenRequest,
  openRequest,
  pgAcknowledgementTurns,
  pgOpenRequests,
  pgPrivacyRequestStores,
  pgRequestReads,
  type RequestParts,
  workingCalendarOf,
} from '../../../src/features/privacy-requests/index.ts'
import type { Actor } from '../../../src/kernel/actor.ts'
import type { Evidence } from '../../../src/kernel/evidence.ts'
import type { StaffId, SubjectId } from '../../../src/kernel/ids.ts'
import { createSealedTokens, deriveKeys } from '../../../src/platform/crypto/index.ts'
import { openLane } from '../../../src/platform/db/lanes.ts'
import { unitOfWork } from '../../../src/platform/db/unit-of-work.ts'
import { createPgLimiter } from '../../../src/platform/limits/index.ts'
import { createSmtpMailer } from '../../../src/platform/mail/index.ts'
import { createOutboxSms } from '../../../src/platform/sms/index.ts'
import { openPool } from '../../oidc/support/arrange.ts'
import { openConsentHouse } from '../consent/consent-house.ts'

export const inBrowser: Evidence = { channel: 'web', surface: 'privacy-centre', language: 'es' }
export const onTelephone: Evidence = {
  channel: 'call-centre',
  surface: 'agent-console',
  language: 'es',
  touchpoint: 'desk-4',
}
export const marta = {
  kind: 'staff',
  staffId: '0198b2c4-7a10-7c3e-9a52-3f0c6f2d9b11' as StaffId,
  roles: ['agent'],
  assurance: 'passkey',
} as const satisfies Actor

/** Requests on a real database and with a real mail server, as two processes of one house take them in. */
export async function openRequestHouse() {
  const norte = await openConsentHouse()
  const { lane, clock, entropy, sealer, owner } = norte
  const beside = openLane(norte.database.appConnection, 'beside', 10)
  const outbox = await startSmtpSink()
  const mailer = createSmtpMailer({
    url: outbox.url,
    from: { address: 'hola@tiendanorte.example', name: 'Tienda Norte' },
  })
  const issuer = new URL('https://id.tiendanorte.example')
  const counters = openPool(norte.database.appConnection)
  const limiter = createPgLimiter({ db: counters, key: new Uint8Array(32).fill(9), clock })
  const keys = deriveKeys([new Uint8Array(32).fill(7)])
  const running: Promise<void>[] = []
  const failures: unknown[] = []
  const processOn = (pool: typeof lane): RequestParts => ({
    work: unitOfWork(
      pool,
      (trx) => ({
        ...pgIdentityStores(trx),
        ...pgPrivacyRequestStores(trx),
      }),
      keepProofs,
    ),
    requests: pgRequestReads(pool),
    turns: pgAcknowledgementTurns(pool),
    reads: pgIdentityReads(pool),
    sealer,
    tokens: createSealedTokens(keys.all('sealed-tokens'), issuer.origin),
    clock,
    entropy,
    calendar: workingCalendarOf('ES'),
    timeZone: 'Europe/Madrid',
    messages: requestMail({
      mailer,
      sms: createOutboxSms(mailer),
      entropy,
      brandName: 'Tienda Norte',
      timeZone: 'Europe/Madrid',
      issuer,
    }),
    textMessages: true,
    limiter,
    later: (task) => void running.push(task().catch((error: unknown) => void failures.push(error))),
  })
  const parts = processOn(lane)
  const asked = (subjectId: SubjectId, more: Partial<OpenRequest> = {}): OpenRequest => ({
    subjectId,
    right: 'access',
    actor: norte.asSubject(subjectId),
    evidence: inBrowser,
    receivedAt: clock.now(),
    idempotencyKey: entropy.id(),
    ...more,
  })
  return {
    ...norte,
    parts,
    otherProcess: processOn(beside),
    outbox,
    failures,
    /** For whoever says that two accounts are one person's. */
    linking: unitOfWork(
      lane,
      (trx) => ({ ...pgIdentityStores(trx), links: pgLinkStore(trx), requests: pgOpenRequests(trx) }),
      keepProofs,
    ),
    asked,
    open: (subjectId: SubjectId, more: Partial<OpenRequest> = {}) =>
      openRequest(parts, asked(subjectId, more)),
    /** Waits for what was left for after the answer. */
    settled: async () => {
      while (running.length > 0) await running.shift()
    },
    /** Someone who proved a telephone and no address, or nothing at all. */
    withoutAddress: async (name: string, phone?: string) => {
      const subjectId = await norte.register(name)
      await owner('identifiers').where({ subject_id: subjectId }).delete()
      if (phone !== undefined) {
        const identifierId = entropy.id<'identifier'>()
        await owner('identifiers').insert({
          subject_id: subjectId,
          identifier_id: identifierId,
          kind: 'phone',
          sealed_value: Buffer.from(await sealer.sealText(subjectId, identifierPlace(identifierId), phone)),
          verified_at: clock.now(),
          created_at: clock.now(),
        })
      }
      return subjectId
    },
    trail: async (subjectId: SubjectId) =>
      (await readAuditStream(owner, subjectId)).lines.map(({ entry }) => String(entry['action'])),
    events: async (subjectId: SubjectId, type: string) =>
      owner('outbox_events').where({ subject_id: subjectId, type }),
    close: async () => {
      await mailer.close()
      await outbox.close()
      await beside.destroy()
      await counters.end()
      await norte.close()
    },
  }
}

export type RequestHouse = Awaited<ReturnType<typeof openRequestHouse>>
