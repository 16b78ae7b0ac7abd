import type { Knex } from 'knex'
import type { ContactChannel } from '../../kernel/evidence.ts'
import { period } from './calendar.ts'
import { publishedCampaigns } from './campaigns/pg-published-campaigns.ts'
import { houseSystem } from './key-decision.ts'
import type { Obligation } from './obligations.ts'
import { productFamiliesOf } from './product-families/pg-product-families.ts'
import {
  type Localised,
  type PublishedNotice,
  type PublishedRegistry,
  type PurposeVersion,
  type ToldTerms,
  termsKey,
} from './published.ts'
import type {
  InterestAssessment,
  LegalBasis,
  Purpose,
  PurposeClass,
  RestrictionExemption,
} from './purpose.ts'
import type { RecipientSystem } from './registry.ts'
import type { RegistrySource } from './registry-source.ts'
import { packsOf } from './rule-packs/pg-rule-packs.ts'
import { strictest } from './rule-packs/strictest.ts'

/** What a purpose version holds beside its columns; written by `draft-purpose`. */
export interface VersionTerms {
  readonly validity?: string
  readonly art9Ground?: string
  readonly legalReference?: string
  readonly obligations?: readonly Obligation[]
  readonly sources?: readonly string[]
  readonly retention?: Localised
  readonly howToStop?: Localised
}

/*
 * Registries are small (a few hundred rows), so hashing them whole takes a fraction of a millisecond and cannot be
 * forgotten by whoever writes to them. Notices and packs are append-only: counting them is enough.
 */
const hashed = [
  'purposes',
  'purpose_versions',
  'recipients',
  'controllers',
  'brands',
  'attributes',
  'product_families',
  'reconsent_campaigns',
] as const
const fingerprintSql = `select md5(concat_ws('|', ${hashed
  .map((table) => `(select sum(hashtextextended(t::text, 0)) from ${table} t)`)
  .join(', ')}, (select count(*) from notices), (select count(*) from rule_packs))) as fingerprint`

interface VersionRow {
  readonly purpose_id: string
  readonly class: PurposeClass
  readonly retired_at: Date | null
  readonly version: number
  readonly state: PurposeVersion['state']
  readonly bases: LegalBasis[]
  readonly attributes: string[]
  readonly contact_channels: ContactChannel[]
  readonly recipients: string[]
  readonly retention: string
  readonly reconsent_min: number
  readonly restriction_exempt: RestrictionExemption | null
  readonly assessment: { approved: boolean; reviewBy: string; reference?: string } | null
  readonly dpv: string
  readonly terms: VersionTerms
}

const assessmentOf = (stored: VersionRow['assessment']): InterestAssessment | undefined =>
  stored === null ? undefined : { ...stored, reviewBy: Date.parse(stored.reviewBy) }

const purposeOf = (row: VersionRow): Purpose => ({
  id: row.purpose_id,
  version: row.version,
  class: row.class,
  bases: row.bases,
  attributes: row.attributes,
  reconsentMin: row.reconsent_min,
  validity: row.terms.validity === undefined ? undefined : period(row.terms.validity),
  assessment: assessmentOf(row.assessment),
  restrictionExempt: row.restriction_exempt ?? undefined,
  art9Ground: row.terms.art9Ground,
  legalReference: row.terms.legalReference,
  dpv: row.dpv,
  obligations: row.terms.obligations,
  retired: row.retired_at !== null || row.state === 'retired',
})

const retentionOf = ({ terms, retention }: Pick<VersionRow, 'terms' | 'retention'>): Localised =>
  terms.retention ?? { es: retention }

const versionOf = (row: VersionRow): PurposeVersion => ({
  purpose: row.purpose_id,
  version: row.version,
  state: row.state,
  bases: row.bases,
  attributes: row.attributes,
  contactChannels: row.contact_channels,
  recipients: row.recipients,
  sources: row.terms.sources,
  retention: retentionOf(row),
  howToStop: row.terms.howToStop ?? {},
  reconsentMin: row.reconsent_min,
  dpv: row.dpv,
})

interface RecipientRow {
  readonly recipient_id: string
  readonly name: string
  readonly role: RecipientSystem['role']
  readonly legal_entity: string | null
  readonly processing_contract: boolean
  readonly third_country: boolean
  readonly transfer_tool: string | null
  readonly countries: string[]
  readonly purposes: string[]
}

const systemOf = (row: RecipientRow): RecipientSystem => ({
  id: row.recipient_id,
  role: row.role,
  purposes: row.purposes,
  legalEntity: row.legal_entity ?? undefined,
  processorContract: row.processing_contract ? { reference: row.recipient_id } : undefined,
  thirdCountry: row.third_country,
  transferTool: row.transfer_tool === null ? undefined : { code: row.transfer_tool },
})

/** The controller's own house may be asked about any purpose; each of its systems only for what it is registered for. */
const house: RecipientSystem = { id: houseSystem, role: 'internal', purposes: ['*'], thirdCountry: false }

interface NoticeRow extends Omit<PublishedNotice, 'publishedAt' | 'textHash'> {
  readonly text_sha256: Buffer
  readonly published_at: Date
}

/** The versions in force now; or, for a past instant, the newest that had been published by then, as if nothing came after. */
async function versionsOf(db: Knex, asOf: Date | undefined): Promise<readonly VersionRow[]> {
  const rows = await db('purposes as p')
    .join('purpose_versions as v', 'v.purpose_id', 'p.purpose_id')
    .modify((query) =>
      asOf === undefined
        ? void query.whereIn('v.state', ['active', 'retired'])
        : void query.where('v.published_at', '<=', asOf),
    )
    .orderBy(['p.position', 'p.purpose_id', { column: 'v.version', order: 'asc' }])
    .select<VersionRow[]>('p.class', 'p.retired_at', 'v.*')
  if (asOf === undefined) return rows
  const newest = new Map(rows.map((row) => [row.purpose_id, row]))
  return [...newest.values()].map((row) => ({
    ...row,
    state: 'active',
    retired_at: row.retired_at !== null && row.retired_at <= asOf ? row.retired_at : null,
  }))
}

async function toldOf(db: Knex): Promise<ReadonlyMap<string, ToldTerms>> {
  const rows = await db('purpose_versions')
    .whereNot('state', 'draft')
    .select<Pick<VersionRow, 'purpose_id' | 'version' | 'recipients' | 'retention' | 'terms'>[]>(
      'purpose_id',
      'version',
      'recipients',
      'retention',
      'terms',
    )
  return new Map(
    rows.map((row) => [
      termsKey(row.purpose_id, row.version),
      { recipients: row.recipients, retention: retentionOf(row) },
    ]),
  )
}

/** Which systems could be asked for, and how each was registered: as it is now, or until the first change after an instant. */
async function systemsOf(
  recipients: readonly RecipientRow[],
  db: Knex,
  asOf: Date | undefined,
): Promise<readonly RecipientRow[]> {
  if (asOf === undefined) return recipients
  const { rows } = await db.raw<{ rows: { was: RecipientRow }[] }>(
    `select coalesce((select h.was from recipient_changes h
        where h.recipient_id = r.recipient_id and h.changed_at > :asOf order by h.changed_at limit 1), to_jsonb(r)) as was
       from recipients r where r.created_at <= :asOf`,
    { asOf },
  )
  return rows.map(({ was }) => was)
}

/** Reads the whole registry, the recipients' table included: the decision must know each system it is asked for. */
export function pgRegistrySource(db: Knex): RegistrySource {
  const fingerprint = async (): Promise<string> => {
    const { rows } = await db.raw(fingerprintSql)
    return rows[0].fingerprint
  }
  const read = async (asOf?: Date): Promise<PublishedRegistry> => {
    const taken = await fingerprint()
    const [versions, notices, recipients, controllers, brands, attributes, packs, productFamilies] =
      await Promise.all([
        versionsOf(db, asOf),
        db('notices')
          .modify((query) => asOf === undefined || void query.where('published_at', '<=', asOf))
          .select<NoticeRow[]>(
            'notice_id as id',
            'purpose_id as purpose',
            'purpose_version as purposeVersion',
            'version',
            'language',
            'surface',
            'title',
            'summary',
            'text',
            'text_sha256',
            'published_at',
          ),
        db('recipients').select<RecipientRow[]>('*'),
        db('controllers').select('*'),
        db('brands').select('*'),
        db('attributes').select('attribute_id', 'claim', 'labels', 'sensitivity').orderBy('position'),
        packsOf(db, asOf),
        productFamiliesOf(db, asOf),
      ])
    const [systems, told, campaignsOf] = await Promise.all([
      systemsOf(recipients, db, asOf),
      toldOf(db),
      publishedCampaigns(db),
    ])
    const active = versions.filter((row) => row.state === 'active' && row.retired_at === null)
    return {
      fingerprint: taken,
      order: active.map((row) => row.purpose_id),
      purposes: new Map(versions.map((row) => [row.purpose_id, purposeOf(row)])),
      active: new Map(
        active.map((row) => [row.purpose_id, { ...versionOf(row), campaigns: campaignsOf(row) }]),
      ),
      told,
      notices: notices.map(({ text_sha256, published_at, ...notice }) => ({
        ...notice,
        textHash: text_sha256.toString('base64url'),
        publishedAt: published_at.getTime(),
      })),
      systems: new Map([
        [houseSystem, house],
        ...systems.map((row) => [row.recipient_id, systemOf(row)] as const),
      ]),
      systemNames: new Map(
        recipients.map((row) => [
          row.recipient_id,
          { id: row.recipient_id, name: row.name, countries: row.countries },
        ]),
      ),
      controllers: new Map(
        controllers.map((row) => [
          row.controller_id,
          { ...row, id: row.controller_id, dpoContact: row.dpo_contact },
        ]),
      ),
      brands: new Map(
        brands.map((row) => [
          row.brand_id,
          { id: row.brand_id, controller: row.controller_id, name: row.name },
        ]),
      ),
      attributes: new Map(
        attributes.map((row) => [
          row.attribute_id,
          { id: row.attribute_id, claim: row.claim, labels: row.labels },
        ]),
      ),
      specialAttributes: new Set(
        attributes.filter((row) => row.sensitivity === 'special').map((row) => row.attribute_id),
      ),
      productFamilies,
      packs,
      strictest,
    }
  }
  return { fingerprint, load: () => read(), loadAsOf: (at) => read(at) }
}
