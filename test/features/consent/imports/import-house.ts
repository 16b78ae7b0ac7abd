import { createHash, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { appendAuditEntries } from '../../../../src/features/audit/index.ts'
import { openConsentRegistry } from '../../../../src/features/consent/cached-registry.ts'
import type { ImportConsents, ImportParts } from '../../../../src/features/consent/imports/import-parts.ts'
import { pgImportPeople } from '../../../../src/features/consent/imports/pg-import-people.ts'
import { pgImportReads, pgImportStore } from '../../../../src/features/consent/imports/pg-import-store.ts'
import { pgImportTurn } from '../../../../src/features/consent/imports/pg-import-turn.ts'
import { pgRehearsal } from '../../../../src/features/consent/imports/pg-rehearsal.ts'
import { redecidingWork } from '../../../../src/features/consent/merging/redeciding-work.ts'
import { pgConsentStores } from '../../../../src/features/consent/pg-consent-stores.ts'
import { pgRegistrySource } from '../../../../src/features/consent/pg-registry-source.ts'
import { appendOutboxEvents } from '../../../../src/features/delivery/index.ts'
import {
  emailIndex,
  identifierPlace,
  parseEmailAddress,
  pgIdentityStores,
  pgSubjectKeyStore,
} from '../../../../src/features/identity/index.ts'
import type { SubjectId } from '../../../../src/kernel/ids.ts'
import {
  createBlindIndex,
  createSubjectSealer,
  environmentKek,
  signJws,
  systemEntropy,
} from '../../../../src/platform/crypto/index.ts'
import type { DatabaseConnection } from '../../../../src/platform/db/connection.ts'
import { openLane } from '../../../../src/platform/db/lanes.ts'
import { openPipelinedReader } from '../../../../src/platform/db/pipelined-reader.ts'
import { unitOfWork } from '../../../../src/platform/db/unit-of-work.ts'

const key = (name: string) => createHash('sha256').update(name).digest()
const importNow = new Date('2026-11-22T12:00:00.000Z')

/** The parts of an import on a database, with keys that any process of a test makes the same. */
export async function openImportHouse(connection: DatabaseConnection) {
  const lane = openLane(connection, 'import', 4)
  const reader = openPipelinedReader(connection, 'import-reads', 1)
  const sealer = createSubjectSealer({
    kek: environmentKek([key('kek')]),
    store: pgSubjectKeyStore(lane),
  })
  const blindIndex = createBlindIndex(key('blind-index'))
  const registry = await openConsentRegistry(pgRegistrySource(lane), { everyMs: 100_000 })
  const signing: KeyObject = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
  let now = importNow
  const ordinary = unitOfWork(
    lane,
    (trx) => ({ ...pgIdentityStores(trx), ...pgConsentStores(trx), imports: pgImportStore(trx) }),
    async (trx, entries, events) => {
      await appendAuditEntries(trx, entries)
      await appendOutboxEvents(trx, events)
    },
  )
  const clock = { now: () => now }
  const opening = { sealer, controller: 'tienda-norte' }
  const parts: ImportParts = {
    work: redecidingWork(ordinary, { clock, entropy: systemEntropy, registry, opening }),
    clock,
    entropy: systemEntropy,
    registry,
    people: pgImportPeople(reader, { sealer, controller: 'tienda-norte' }),
    imports: pgImportReads(lane),
    takeTurn: pgImportTurn(connection),
    sealer,
    signer: {
      issuer: 'https://id.tiendanorte.example',
      sign: (claims, typ) => signJws(claims, { kid: 'import', algorithm: 'ES256', key: signing }, typ),
    },
    addresses: {
      withdrawal: 'https://id.tiendanorte.example/privacy/permissions',
      rights: 'https://id.tiendanorte.example/privacy',
    },
    blindIndex,
    rehearse: () => pgRehearsal(connection),
  }

  /** People with a verified address each, written in bulk. */
  const seedPeople = async (emails: readonly string[]): Promise<readonly SubjectId[]> => {
    const ids: SubjectId[] = []
    for (let from = 0; from < emails.length; from += 1_000) {
      const people = await Promise.all(
        emails.slice(from, from + 1_000).map(async (text) => {
          const email = parseEmailAddress(text)
          if (email === undefined) throw new Error(`${text} is no address`)
          const [subjectId, identifierId] = [systemEntropy.id<'subject'>(), systemEntropy.id<'identifier'>()]
          const wrapped = await sealer.create(subjectId)
          const sealed = await sealer.sealText(subjectId, identifierPlace(identifierId), email)
          return { subjectId, identifierId, wrapped, sealed, index: emailIndex(blindIndex, email) }
        }),
      )
      await lane('subjects').insert(
        people.map(({ subjectId }) => ({
          subject_id: subjectId,
          state: 'active',
          jurisdiction: 'ES',
          language: 'es',
          created_at: importNow,
        })),
      )
      await lane('subject_keys').insert(
        people.map(({ subjectId, wrapped }) => ({
          subject_id: subjectId,
          kek_id: wrapped.kekId,
          wrapped_key: Buffer.from(wrapped.wrapped),
          created_at: importNow,
        })),
      )
      await lane('identifiers').insert(
        people.map(({ subjectId, identifierId, sealed }) => ({
          subject_id: subjectId,
          identifier_id: identifierId,
          kind: 'email',
          sealed_value: Buffer.from(sealed),
          verified_at: importNow,
          created_at: importNow,
        })),
      )
      await lane('identifier_lookups').insert(
        people.map(({ subjectId, identifierId, index }) => ({
          blind_index: Buffer.from(index),
          kind: 'email',
          subject_id: subjectId,
          identifier_id: identifierId,
        })),
      )
      ids.push(...people.map(({ subjectId }) => subjectId))
    }
    return ids
  }

  return {
    lane,
    reader,
    sealer,
    registry,
    parts,
    seedPeople,
    setNow: (to: Date) => {
      now = to
    },
    close: async () => {
      registry.close()
      await reader.close()
      await lane.destroy()
    },
  }
}

export type ImportHouse = Awaited<ReturnType<typeof openImportHouse>>

/** A file in memory, handed out in pieces small enough to cut rows in the middle. */
export const fileOf = (content: string | Uint8Array, piece = 1_000): ImportConsents['file'] => {
  const all = Buffer.from(content)
  return {
    size: all.byteLength,
    bytes: async function* (from) {
      for (let at = from; at < all.byteLength; at += piece) yield all.subarray(at, at + piece)
    },
  }
}

/** A quarantine in memory with the promises of the port. */
export function quarantineInMemory() {
  let content = Buffer.alloc(0)
  return {
    quarantine: {
      keep: async (from: number, lines: readonly string[]) => {
        content = Buffer.concat([
          content.subarray(0, from),
          Buffer.from(lines.map((line) => `${line}\n`).join('')),
        ])
        return content.byteLength
      },
    },
    lines: (): {
      placet_line: number
      placet_reason: string
      placet_why: string
      [column: string]: unknown
    }[] =>
      content
        .toString('utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line)),
    text: () => content.toString('utf8'),
  }
}
