import { randomBytes } from 'node:crypto'
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose'
import { keepProofs } from '../../../src/compose/pg-work.ts'
import { auditPart } from '../../../src/features/audit/index.ts'
import {
  type ConsentStores,
  draftPurpose,
  ledgerPart,
  noteLedgerEntry,
  noticeFor,
  openConsentRegistry,
  type PurposeDraft,
  pgConsentRecords,
  pgConsentStores,
  pgFactsReader,
  pgRegistrySource,
  publishNotice,
  publishPurpose,
  publishRulePack,
  type RecordChoices,
  type RecordChoicesParts,
  recordChoices,
  referenceTo,
  shippedRulePacks,
} from '../../../src/features/consent/index.ts'
import { outboxPart } from '../../../src/features/delivery/index.ts'
import {
  type EmailAddress,
  pgIdentityStores,
  pgSubjectKeyStore,
  registerSubject,
} from '../../../src/features/identity/index.ts'
import {
  attributeCatalogue,
  declareAttributesWithin,
  pgAttributeReads,
  pgProfileStores,
  putAttribute,
} from '../../../src/features/profile/index.ts'
import {
  pgRecipientStores,
  type Recipient,
  registerRecipient,
} from '../../../src/features/recipients/index.ts'
import type { Actor } from '../../../src/kernel/actor.ts'
import type { ContactChannel, Evidence } from '../../../src/kernel/evidence.ts'
import type { SubjectId } from '../../../src/kernel/ids.ts'
import type { Work } from '../../../src/kernel/work.ts'
import {
  createBlindIndex,
  createSubjectSealer,
  environmentKek,
  signJws,
  systemEntropy,
} from '../../../src/platform/crypto/index.ts'
import type { DatabaseConnection } from '../../../src/platform/db/connection.ts'
import { openLane } from '../../../src/platform/db/lanes.ts'
import { openPipelinedReader } from '../../../src/platform/db/pipelined-reader.ts'
import { openSharedPool } from '../../../src/platform/db/pool.ts'
import { sharedWork } from '../../../src/platform/db/shared-work.ts'
import { unitOfWork } from '../../../src/platform/db/unit-of-work.ts'
import { createTestDatabase } from '../../support/postgres.ts'

export const house = { controller: 'tienda-norte', brand: 'tienda-norte' }
export const dpo: Actor = { kind: 'system', name: 'seed' }

export const evidence: Evidence = {
  channel: 'web',
  surface: 'privacy-centre',
  language: 'es',
  network: '203.0.113.0/24',
  userAgentFamily: 'Firefox',
}

const retention = { es: 'Mientras tengas la cuenta', en: 'As long as you have the account' }
const howToStop = { es: 'En Permisos, cuando quieras', en: 'Under Permissions, at any time' }

export const purposes: readonly (PurposeDraft & { readonly title: string })[] = [
  {
    id: 'auth.login',
    title: 'Entrar en tu cuenta',
    class: 'service',
    position: 1,
    bases: ['contract'],
    attributes: ['email', 'given_name'],
    contactChannels: ['none'],
    recipients: ['shop'],
    retention,
    howToStop,
    dpv: 'dpv:IdentityAuthentication',
    change: 'material',
    restrictionExempt: 'rights_of_subject_request',
  },
  {
    id: 'marketing.direct',
    title: 'Novedades y ofertas',
    class: 'marketing',
    position: 10,
    bases: ['consent'],
    attributes: ['email', 'given_name'],
    contactChannels: ['email', 'sms'],
    recipients: ['newsletter'],
    retention,
    howToStop,
    dpv: 'dpv:DirectMarketing',
    change: 'material',
  },
  {
    id: 'personalisation.onsite',
    title: 'Recomendaciones para ti',
    class: 'personalisation',
    position: 20,
    bases: ['consent'],
    attributes: ['shoe_size'],
    contactChannels: ['none'],
    recipients: ['shop'],
    retention,
    howToStop,
    dpv: 'dpv:ProvideProductRecommendations',
    change: 'material',
  },
  {
    id: 'fraud.prevention',
    title: 'Evitar fraudes',
    class: 'security',
    position: 30,
    bases: ['legitimate_interest'],
    attributes: ['email'],
    contactChannels: ['none'],
    recipients: ['shop'],
    retention,
    howToStop,
    dpv: 'dpv:FraudPreventionAndDetection',
    change: 'material',
    assessment: { approved: true, reviewBy: '2028-01-01T00:00:00Z' },
  },
]

const systems: readonly Recipient[] = [
  {
    recipientId: 'shop',
    name: 'Tienda Norte en línea',
    role: 'internal',
    processingContract: false,
    thirdCountry: false,
    countries: ['ES'],
    purposes: ['auth.login', 'personalisation.onsite', 'fraud.prevention'],
  },
  {
    recipientId: 'newsletter',
    name: 'Correo Claro',
    role: 'processor',
    processingContract: true,
    thirdCountry: false,
    countries: ['IE'],
    purposes: ['marketing.direct'],
  },
]

const attributes = [
  { attributeId: 'email', claim: 'email', type: 'string', es: 'Correo electrónico' },
  { attributeId: 'given_name', claim: 'given_name', type: 'string', es: 'Nombre' },
  { attributeId: 'phone', claim: 'phone_number', type: 'string', es: 'Teléfono' },
  { attributeId: 'birth_date', claim: 'birthdate', type: 'string', es: 'Fecha de nacimiento' },
  { attributeId: 'shoe_size', claim: 'shoe_size', type: 'integer', es: 'Número de zapato' },
] as const

const wordingOfPurpose = (title: string, version = 1) => ({
  title,
  summary: `Tienda Norte quiere usar tus datos para: ${title}. Puedes pararlo en Permisos.`,
  text: `Texto completo, versión ${version}, de «${title}».`,
})

/** Acts of many people in one statement, as compose wires them. */
export function sharedActs(
  connection: DatabaseConnection,
  ordinary: Work<ConsentStores>,
  pool = openSharedPool(connection, () => {}),
) {
  const { work } = sharedWork({
    name: 'shared_act',
    pool,
    ordinary,
    note: noteLedgerEntry,
    fact: ledgerPart,
    audit: auditPart,
    outbox: outboxPart,
  })
  return { work, close: () => pool.end() }
}

/** A whole retailer on a database of its own: Tienda Norte, its purposes and texts, and a clock that stands still. */
export async function openConsentHouse(options: { readonly writes?: 'shared' | 'alone' } = {}) {
  const database = await createTestDatabase()
  const owner = openLane(database.connection, 'test-owner', 2)
  const lane = openLane(database.appConnection, 'test', 12)
  const reader = openPipelinedReader(database.appConnection, 'test-reads', 2)
  const work = unitOfWork(
    lane,
    (trx) => ({
      ...pgIdentityStores(trx),
      ...pgProfileStores(trx),
      ...pgConsentStores(trx),
      ...pgRecipientStores(trx),
    }),
    keepProofs,
  )
  const sharedPool = openSharedPool(database.appConnection, () => {})
  const shared = sharedActs(database.appConnection, work, sharedPool)
  let now = new Date('2026-11-22T12:00:00.000Z')
  const clock = { now: () => now }
  const entropy = systemEntropy
  const sealer = createSubjectSealer({
    kek: environmentKek([randomBytes(32)]),
    store: pgSubjectKeyStore(lane),
  })

  await owner('controllers').insert({
    controller_id: house.controller,
    name: 'Tienda Norte, S.L.',
    address: 'Calle Mayor 1, 48001 Bilbao',
    contact: 'hola@tiendanorte.example',
    dpo_contact: 'dpd@tiendanorte.example',
    authority: 'AEPD, https://www.aepd.es',
    country: 'ES',
  })
  await owner('brands').insert({
    brand_id: house.brand,
    controller_id: house.controller,
    name: 'Tienda Norte',
  })
  for (const [position, { attributeId, claim, type, es }] of attributes.entries()) {
    await putAttribute(lane, {
      attributeId,
      claim,
      valueSchema: { type },
      labels: { es },
      reasons: { es: 'Para atenderte' },
      sensitivity: 'personal',
      retention: 'P3Y',
      position,
    })
  }
  for (const recipient of systems) await registerRecipient({ work, clock }, { actor: dpo, recipient })
  for (const pack of [...shippedRulePacks.values()].flat()) {
    await publishRulePack({ work, clock }, { actor: dpo, pack })
  }

  const publish = async (draft: PurposeDraft, title: string, edition = 1) => {
    const version = await draftPurpose({ work, clock }, { actor: dpo, draft })
    await publishNotice(
      { work, clock },
      {
        actor: dpo,
        notice: {
          id: `notice-${draft.id}`,
          version: edition,
          language: 'es',
          purpose: draft.id,
          purposeVersion: version,
          ...wordingOfPurpose(title, edition),
        },
      },
    )
    await publishPurpose({ work, clock }, { actor: dpo, purpose: draft.id })
    return version
  }
  for (const { title, ...draft } of purposes) await publish(draft, title)

  const { publicKey, privateKey } = await generateKeyPair('ES256')
  const publicJwk: JWK = await exportJWK(publicKey)
  const kid = await calculateJwkThumbprint(publicJwk)
  const registry = await openConsentRegistry(pgRegistrySource(lane), { everyMs: 100_000 })
  const parts: RecordChoicesParts = {
    work: options.writes === 'alone' ? work : shared.work,
    clock,
    entropy,
    registry,
    facts: pgFactsReader(reader, { sealer, controller: house.controller }),
    records: pgConsentRecords(reader),
    sealer,
    signer: {
      issuer: 'https://id.tiendanorte.example',
      sign: (claims, typ) => signJws(claims, { kid, algorithm: 'ES256', key: privateKey }, typ),
    },
    addresses: {
      withdrawal: 'https://id.tiendanorte.example/privacy/permissions',
      rights: 'https://id.tiendanorte.example/privacy',
    },
  }
  const catalogue = attributeCatalogue({ attributes: pgAttributeReads(lane), clock })

  const register = (
    name: string,
    more: { readonly values?: Readonly<Record<string, string | number>> } = {},
  ) =>
    registerSubject(
      { work, sealer, blindIndex: createBlindIndex(randomBytes(32)), clock, entropy },
      {
        email: `${name.toLowerCase()}@correo.example` as EmailAddress,
        emailProvenAt: now,
        language: 'es',
        jurisdiction: 'ES',
        evidence,
      },
      (tx, subjectId) =>
        declareAttributesWithin({ catalogue, sealer, clock, entropy }, tx, {
          subjectId,
          declarations: Object.entries({ given_name: name, ...more.values }).map(([attributeId, value]) => ({
            attributeId,
            value,
          })),
          provenance: 'declared',
          source: 'web:sign-in',
          actor: { kind: 'subject', subjectId, assurance: 'code' },
          evidence,
        }),
    )

  const asSubject = (subjectId: SubjectId): Actor => ({ kind: 'subject', subjectId, assurance: 'passkey' })

  /** The form as the screen shows it today: one choice on the wording in force. */
  const choice = (purpose: string, contactChannel: ContactChannel, answer: 'yes' | 'no' | 'later') => {
    const notice = noticeFor(registry.current(), purpose, 'es')
    if (notice === undefined) throw new Error(`no notice for ${purpose}`)
    return { purpose, contactChannel, answer, notice: referenceTo(notice) }
  }
  const command = (
    subjectId: SubjectId,
    choices: RecordChoices['choices'],
    more: Partial<RecordChoices> = {},
  ): RecordChoices => ({
    subjectId,
    actor: asSubject(subjectId),
    evidence,
    idempotencyKey: entropy.id(),
    ...house,
    choices,
    ...more,
  })
  const say = (
    subjectId: SubjectId,
    purpose: string,
    channel: ContactChannel,
    answer: 'yes' | 'no' | 'later',
  ) => recordChoices(parts, command(subjectId, [choice(purpose, channel, answer)]))

  return {
    database,
    owner,
    lane,
    sharedPool,
    reader,
    work,
    clock,
    entropy,
    sealer,
    registry,
    parts,
    catalogue,
    publicJwk: { ...publicJwk, kid, alg: 'ES256' },
    publish,
    register,
    asSubject,
    choice,
    command,
    say,
    /** Lets time pass, in milliseconds. */
    pass: (ms: number) => {
      now = new Date(now.getTime() + ms)
    },
    count: async (table: string, subjectId: SubjectId): Promise<number> => {
      const [row] = await owner(table).where('subject_id', subjectId).count({ found: '*' })
      return Number(row?.['found'])
    },
    close: async () => {
      registry.close()
      await shared.close()
      await reader.close()
      await lane.destroy()
      await owner.destroy()
      await database.drop()
    },
  }
}

export type ConsentHouse = Awaited<ReturnType<typeof openConsentHouse>>
