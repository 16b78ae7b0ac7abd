import type { Knex } from 'knex'
import type { VersionTerms } from './pg-registry-source.ts'
import type { PurposeDraft } from './purpose-draft.ts'
import type { RegistryStore } from './registry-store.ts'

const termsOf = (draft: PurposeDraft): VersionTerms => ({
  retention: draft.retention,
  howToStop: draft.howToStop,
  ...(draft.validity !== undefined && { validity: draft.validity }),
  ...(draft.art9Ground !== undefined && { art9Ground: draft.art9Ground }),
  ...(draft.legalReference !== undefined && { legalReference: draft.legalReference }),
  ...(draft.obligations !== undefined && { obligations: draft.obligations }),
  ...(draft.sources !== undefined && { sources: draft.sources }),
})

export function pgRegistryStore(trx: Knex.Transaction): RegistryStore {
  return {
    versionsOf: async (purpose) => {
      await trx('purposes').where('purpose_id', purpose).forUpdate().select('purpose_id')
      const rows = await trx('purpose_versions').where('purpose_id', purpose).orderBy('version').select('*')
      return rows.map((row) => ({
        version: row.version,
        state: row.state,
        reconsentMin: row.reconsent_min,
        bases: row.bases,
        attributes: row.attributes,
        contactChannels: row.contact_channels,
        recipients: row.recipients,
        sources: row.terms.sources,
      }))
    },
    addPurpose: async (purpose, kind, position, at) => {
      await trx('purposes').insert({ purpose_id: purpose, class: kind, position, created_at: at })
    },
    addVersion: async (draft, version, reconsentMin) => {
      await trx('purpose_versions').insert({
        purpose_id: draft.id,
        version,
        state: 'draft',
        bases: draft.bases,
        attributes: draft.attributes,
        contact_channels: draft.contactChannels,
        recipients: draft.recipients,
        retention: draft.retention['es'] ?? Object.values(draft.retention)[0] ?? '',
        reconsent_min: reconsentMin,
        restriction_exempt: draft.restrictionExempt ?? null,
        assessment: draft.assessment === undefined ? null : JSON.stringify(draft.assessment),
        dpv: draft.dpv,
        change_class: draft.change,
        terms: JSON.stringify(termsOf(draft)),
      })
    },
    moveVersion: async (purpose, version, to, at) => {
      await trx('purpose_versions')
        .where({ purpose_id: purpose, version })
        .update({ state: to, ...(to === 'active' ? { published_at: at } : {}) })
    },
    retirePurpose: async (purpose, at) => {
      const retired = await trx('purposes')
        .where('purpose_id', purpose)
        .whereNull('retired_at')
        .update({ retired_at: at })
      return retired === 1
    },
    countNotices: async (purpose, version) => {
      const [row] = await trx('notices')
        .where({ purpose_id: purpose, purpose_version: version })
        .count({ found: '*' })
      return Number(row?.['found'] ?? 0)
    },
    addNotice: async (notice, at) => {
      const added = await trx('notices')
        .insert({
          notice_id: notice.id,
          version: notice.version,
          language: notice.language,
          surface: notice.surface,
          purpose_id: notice.purpose,
          purpose_version: notice.purposeVersion,
          title: notice.title,
          summary: notice.summary,
          text: notice.text,
          text_sha256: Buffer.from(notice.textHash, 'base64url'),
          published_at: at,
        })
        .onConflict()
        .ignore()
        .returning('notice_id')
      return added.length === 1
    },
    addRulePack: async (pack, at) => {
      const added = await trx('rule_packs')
        .insert({
          jurisdiction: pack.jurisdiction,
          version: pack.version,
          pack: JSON.stringify(pack),
          published_at: at,
        })
        .onConflict()
        .ignore()
        .returning('version')
      return added.length === 1
    },
  }
}
