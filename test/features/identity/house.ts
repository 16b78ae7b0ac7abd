import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { keepProofs } from '../../../src/compose/pg-work.ts'
import { auditPart, readAuditStream } from '../../../src/features/audit/index.ts'
import { pgConsentStores } from '../../../src/features/consent/index.ts'
import { outboxPart } from '../../../src/features/delivery/index.ts'
import {
  emailIndex,
  entrancePart,
  type IdentityStores,
  noteEntrance,
  parseEmailAddress,
  pgIdentityArtefacts,
  pgIdentityReads,
  pgIdentityStores,
  pgLinkStore,
  pgPushBrowserReads,
  pgSubjectKeyStore,
  registerSubject,
} from '../../../src/features/identity/index.ts'
import {
  attributeCatalogue,
  type ProfileStores,
  pgAttributeReads,
  pgProfileStores,
} from '../../../src/features/profile/index.ts'
import type { SubjectId } from '../../../src/kernel/ids.ts'
import {
  createBlindIndex,
  createSealedTokens,
  createSubjectSealer,
  deriveKeys,
  environmentKek,
  systemEntropy,
} from '../../../src/platform/crypto/index.ts'
import { openLanes } from '../../../src/platform/db/lanes.ts'
import { openSharedPool } from '../../../src/platform/db/pool.ts'
import { sharedWork } from '../../../src/platform/db/shared-work.ts'
import { unitOfWork } from '../../../src/platform/db/unit-of-work.ts'
import { createPgLimiter } from '../../../src/platform/limits/index.ts'
import { createTestDatabase } from '../../support/postgres.ts'
import { evidence } from './evidence.ts'

export { evidence } from './evidence.ts'

export const issuer = 'http://localhost:4000'

export const emailOf = (text: string) => {
  const address = parseEmailAddress(text)
  if (address === undefined) throw new Error(`${text} is no address`)
  return address
}

/** The rooms of identity and profile on a database of their own, with a clock that stands until told otherwise. */
export async function openHouse() {
  const database = await createTestDatabase()
  const lanes = openLanes(database.appConnection, { login: 12, console: 2 })
  const owner = openLanes(database.connection, { login: 2, console: 1 })
  let now = new Date('2026-11-22T10:00:00Z')
  const clock = { now: () => now }
  const keys = deriveKeys([randomBytes(32)])
  const kek = environmentKek([randomBytes(32)])
  const sealer = createSubjectSealer({ kek, store: pgSubjectKeyStore(lanes.login) })
  const blindIndex = createBlindIndex(keys.anchored('blind-index').bytes)
  const work = unitOfWork<IdentityStores & ProfileStores>(
    lanes.login,
    (trx) => ({ ...pgIdentityStores(trx), ...pgProfileStores(trx), decided: pgConsentStores(trx).decided }),
    keepProofs,
  )
  const sharedPool = openSharedPool(database.appConnection, () => {})
  /** As in another process, on a pool of its own. */
  const entrancesOn = (pool: pg.Pool) =>
    sharedWork({
      name: 'shared_entrance',
      pool,
      ordinary: work,
      note: noteEntrance,
      fact: entrancePart,
      audit: auditPart,
      outbox: outboxPart,
    }).work
  const pool = new pg.Pool({ ...database.appConnection, max: 10 })
  const limiter = createPgLimiter({ db: pool, key: keys.current('rate-limits').bytes, clock })
  const deps = {
    work,
    entrances: entrancesOn(sharedPool),
    clock,
    sealer,
    blindIndex,
    limiter,
    entropy: systemEntropy,
    reads: pgIdentityReads(lanes.login),
    links: pgLinkStore(lanes.login),
    pushBrowsers: pgPushBrowserReads(lanes.login),
    artefacts: pgIdentityArtefacts(lanes.login, createSealedTokens(keys.all('sealed-tokens'), issuer)),
    catalogue: attributeCatalogue({ attributes: pgAttributeReads(lanes.login), clock }),
    codeKey: keys.current('otp').bytes,
    relyingParty: { rpId: 'localhost', name: 'Placet', origins: [issuer] },
  }
  return {
    ...deps,
    deps,
    entrancesOn,
    database,
    keys,
    lane: lanes.login,
    /** As the owner of the tables. */
    owner: owner.login,
    at: (instant: string) => {
      now = new Date(instant)
    },
    pass: (seconds: number) => {
      now = new Date(now.getTime() + seconds * 1000)
    },
    indexOf: (email: string) => emailIndex(blindIndex, emailOf(email)),
    register: (email: string, more: { passwordHash?: string; language?: string } = {}): Promise<SubjectId> =>
      registerSubject(deps, {
        email: emailOf(email),
        emailProvenAt: now,
        language: 'es',
        jurisdiction: 'ES',
        evidence,
        ...more,
      }),
    trailOf: async (subjectId: SubjectId) => {
      const { lines, verdict } = await readAuditStream(lanes.login, subjectId)
      return { actions: lines.map(({ entry }) => String(entry['action'])), verdict }
    },
    eventsOf: async (subjectId: SubjectId): Promise<readonly string[]> => {
      const rows = await lanes
        .login('outbox_events')
        .where({ subject_id: subjectId })
        .orderBy('subject_version')
      return rows.map(({ type }: { type: string }) => type)
    },
    close: async () => {
      await pool.end()
      await sharedPool.end()
      await lanes.close()
      await owner.close()
      await database.drop()
    },
  }
}

export type House = Awaited<ReturnType<typeof openHouse>>
