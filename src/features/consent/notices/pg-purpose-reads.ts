import type { Knex } from 'knex'
import type { ContactChannel } from '../../../kernel/evidence.ts'
import type { VersionTerms } from '../pg-registry-source.ts'
import type { PurposeVersionState } from '../published.ts'
import type { LegalBasis, PurposeClass, RestrictionExemption } from '../purpose.ts'
import type { PurposeDraft } from '../purpose-draft.ts'
import { type WorkingCopyRow, workingCopyOf } from './pg-working-copy-store.ts'
import type { PurposeReads, PurposeRecord, PurposeVersionRecord } from './purpose-reads.ts'

interface Row {
  readonly purpose_id: string
  readonly class: PurposeClass
  readonly position: number
  readonly retired_at: Date | null
  readonly version: number
  readonly state: PurposeVersionState
  readonly bases: LegalBasis[]
  readonly attributes: string[]
  readonly contact_channels: ContactChannel[]
  readonly recipients: string[]
  readonly retention: string
  readonly reconsent_min: number
  readonly restriction_exempt: RestrictionExemption | null
  readonly assessment: PurposeDraft['assessment'] | null
  readonly dpv: string
  readonly change_class: 'editorial' | 'material'
  readonly published_at: Date | null
  readonly terms: VersionTerms
}

function proposedOf(row: Row): PurposeDraft {
  const { retention = { es: row.retention }, howToStop = {}, ...terms } = row.terms
  return {
    id: row.purpose_id,
    class: row.class,
    position: row.position,
    bases: row.bases,
    attributes: row.attributes,
    contactChannels: row.contact_channels,
    recipients: row.recipients,
    retention,
    howToStop,
    dpv: row.dpv,
    change: row.change_class,
    ...terms,
    ...(row.restriction_exempt === null ? {} : { restrictionExempt: row.restriction_exempt }),
    ...(row.assessment == null ? {} : { assessment: row.assessment }),
  }
}

const versionOf = (row: Row): PurposeVersionRecord => ({
  version: row.version,
  state: row.state,
  change: row.change_class,
  reconsentMin: row.reconsent_min,
  publishedAt: row.published_at ?? undefined,
  proposed: proposedOf(row),
})

export function pgPurposeReads(db: Knex): PurposeReads {
  const all = async (): Promise<readonly PurposeRecord[]> => {
    const rows: Row[] = await db('purposes as p')
      .join('purpose_versions as v', 'v.purpose_id', 'p.purpose_id')
      .orderBy(['p.position', 'p.purpose_id', 'v.version'])
      .select('p.class', 'p.position', 'p.retired_at', 'v.*')
    return [...Map.groupBy(rows, (row) => row.purpose_id)].map(([id, versions]) => ({
      id,
      retiredAt: versions[0]?.retired_at ?? undefined,
      versions: versions.map(versionOf),
    }))
  }
  return {
    all,
    find: async (purpose) => (await all()).find(({ id }) => id === purpose),
    workingCopies: async () =>
      (await db<WorkingCopyRow>('purpose_working_copies').select('*').orderBy('purpose_id')).map(
        workingCopyOf,
      ),
  }
}
