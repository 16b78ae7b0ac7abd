import type { Knex } from 'knex'
import { runWithin, type StatementPart } from '../../platform/db/shared-statement.ts'
import type { Note } from '../../platform/db/shared-work.ts'
import type { Period } from './calendar.ts'
import type { ConsentLedger, ConsentStores, LedgerEntry, SealedEvent } from './consent-ledger.ts'
import { noteOthers } from './merging/pg-person.ts'
import { keptDecision, permissionSql } from './permissions/permission-row.ts'

const isoOf = ({ months, milliseconds }: Period): string =>
  `P${months > 0 ? `${months}M` : ''}${milliseconds > 0 ? `T${milliseconds / 1000}S` : ''}`

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')

const eventJson = ({ event, sealedEvidence, commitment }: SealedEvent) => ({
  event_id: event.id,
  type: event.type,
  controller_id: event.controller,
  brand_id: event.brand,
  purpose_id: event.purpose,
  contact_channel: event.contactChannel,
  contact_point: event.contactPoint ?? null,
  purpose_version: event.purposeVersion ?? 0,
  notice_id: event.notice?.id ?? null,
  notice_version: event.notice === undefined ? null : Number(event.notice.version),
  notice_language: event.notice?.language ?? null,
  notice_hash: event.notice === undefined ? null : base64(Buffer.from(event.notice.textHash, 'base64url')),
  default_state: event.defaultState ?? null,
  actor: event.by,
  consent_type: event.consentType ?? null,
  attributes: event.attributes ?? [],
  sources: event.sources ?? null,
  recipients: event.recipients ?? null,
  jurisdiction: event.jurisdiction ?? '',
  channel: event.capture?.channel ?? 'api',
  surface: event.capture?.surface ?? '',
  touchpoint: event.capture?.touchpoint ?? null,
  sealed: base64(sealedEvidence),
  commitment: base64(commitment),
  occurred_at: new Date(event.occurredAt).toISOString(),
  confirms: event.confirms ?? null,
  guardian_verified: event.guardianVerified ?? null,
  over_age: event.overAge ?? null,
  article: event.article ?? null,
  during_restriction: event.duringRestriction ?? null,
  restriction_scope: event.restrictionScope ?? null,
  validity: event.validity === undefined ? null : isoOf(event.validity),
  evidence_grade: event.evidenceGrade ?? null,
})

/*
 * The epoch is taken first, and every other row is written from it, so that where the ledger has moved on nothing is
 * written at all. Subjects are locked in the order of their ids, or two batches of two processes would deadlock.
 * An act speaks for all accounts of the person: their epochs move on with it, so that nobody keeps what they decided
 * without it, and the answers kept for them run out until they are decided again, because no answer means no. Of two
 * accounts of one person in one statement the second is told to look again.
 */
const members = `
  locked as materialized (
    select s.subject_id from subjects s
     where s.subject_id in (select subject_id from given)
        or s.subject_id in (select unnest(c.members) from given join subject_clusters c using (subject_id))
     order by s.subject_id for no key update of s
  ), kept as (
    update subjects s set consent_epoch = s.consent_epoch + 1
      from given join locked using (subject_id)
     where s.subject_id = given.subject_id and s.consent_epoch = given.epoch and s.state in ('active', 'locked')
       and not exists (
         select 1 from receipts r where r.subject_id = given.subject_id and r.command_key = given.command_key)
       and not exists (
         select 1 from subject_clusters c join given other on other.subject_id = any (c.members)
          where c.subject_id = given.subject_id and other.subject_id < given.subject_id)
    returning s.subject_id
  ), others_moved_on as (
    update subjects s set consent_epoch = s.consent_epoch + 1
      from kept join subject_clusters c using (subject_id)
     where s.subject_id = any (c.members) and s.subject_id <> c.subject_id
  ), others_ran_out as (
    update permissions p set valid_until = given.recorded_at
      from given join kept using (subject_id) join subject_clusters c using (subject_id)
     where p.subject_id = any (c.members) and p.subject_id <> c.subject_id
  ), kept_receipts as (
    insert into receipts (subject_id, receipt_id, event_ids, sealed_jws, issued_at, command_key, command_hash)
    select subject_id, receipt_id, cast(event_ids as uuid[]), jws, recorded_at, command_key, command_hash
      from given join kept using (subject_id)
  ), kept_events as (
    insert into consent_events (subject_id, event_id, type, controller_id, brand_id, purpose_id, contact_channel,
      contact_point, purpose_version, notice_id, notice_version, notice_language, notice_sha256, default_state, actor,
      consent_type, attributes, sources, recipients, jurisdiction, channel, surface, sealed_evidence, occurred_at,
      recorded_at, confirms, guardian_verified, over_age, article, during_restriction, restriction_scope, validity,
      evidence_grade, touchpoint)
    select given.subject_id, e.event_id, e.type, e.controller_id, e.brand_id, e.purpose_id, e.contact_channel,
      e.contact_point, e.purpose_version, e.notice_id, e.notice_version, e.notice_language,
      decode(e.notice_hash, 'base64'), e.default_state, e.actor, e.consent_type, e.attributes, e.sources, e.recipients,
      e.jurisdiction, e.channel, e.surface, decode(e.sealed, 'base64'), e.occurred_at, given.recorded_at, e.confirms,
      e.guardian_verified, e.over_age, e.article, e.during_restriction, e.restriction_scope, e.validity, e.evidence_grade,
      e.touchpoint
    from given join kept using (subject_id), jsonb_to_recordset(given.events) as e(event_id uuid, type text,
      controller_id text, brand_id text, purpose_id text, contact_channel text, contact_point uuid,
      purpose_version integer, notice_id text, notice_version integer, notice_language text, notice_hash text,
      default_state text, actor text, consent_type text, attributes text[], sources text[], recipients text[],
      jurisdiction text, channel text, surface text, sealed text, occurred_at timestamptz, confirms uuid,
      guardian_verified boolean, over_age smallint, article text, during_restriction boolean, restriction_scope text[],
      validity text, evidence_grade text, touchpoint text)
  ), kept_places as (
    insert into consent_log_places (subject_id, event_id, commitment)
    select given.subject_id, e.event_id, decode(e.commitment, 'base64')
    from given join kept using (subject_id), jsonb_to_recordset(given.events) as e(event_id uuid, commitment text)
  ), kept_permissions as (
    insert into permissions (subject_id, ${permissionSql.columns}, decided_at)
    select given.subject_id, ${permissionSql.values}, given.recorded_at
    from given join kept using (subject_id), jsonb_to_recordset(given.permissions) as ${permissionSql.record}
    on conflict (${permissionSql.key}) do update set ${permissionSql.replaced}
  )`

/** One act of a person, in whatever statement it is written with. */
export const ledgerPart: StatementPart<LedgerEntry> = {
  columns: {
    epoch: 'bigint',
    recorded_at: 'timestamptz',
    receipt_id: 'uuid',
    jws: 'bytea',
    command_key: 'bytea',
    command_hash: 'bytea',
    event_ids: 'text',
    events: 'jsonb',
    permissions: 'jsonb',
  },
  valuesOf: ({ epoch, at, receipt, events, permissions }) => [
    epoch,
    at.toISOString(),
    receipt.receiptId,
    Buffer.from(receipt.sealedJws),
    Buffer.from(receipt.commandKey),
    Buffer.from(receipt.commandHash),
    `{${events.map(({ event }) => event.id).join(',')}}`,
    JSON.stringify(events.map(eventJson)),
    JSON.stringify(permissions.map(keptDecision)),
  ],
  members,
}

export const pgConsentLedger = (trx: Knex.Transaction): ConsentLedger => ({
  append: async (entry) => {
    if (!(await runWithin(trx, ledgerPart, entry))) return undefined
    if (entry.linked) await noteOthers(trx, [entry.subjectId])
    return entry.epoch + 1
  },
})

/**
 * A ledger that takes note of one act; of more than one it has nothing to tell, nor of one that speaks for a person's other
 * accounts, which a shared statement has no place for.
 */
export const noteLedgerEntry = (): Note<ConsentStores, LedgerEntry> => {
  const entries: LedgerEntry[] = []
  return {
    stores: {
      ledger: {
        append: async (entry) => {
          entries.push(entry)
          return entry.epoch + 1
        },
      },
    },
    fact: () => (entries.length === 1 && entries[0]?.linked === false ? entries[0] : undefined),
  }
}
