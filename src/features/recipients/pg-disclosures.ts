import type pg from 'pg'
import type { DisclosureId, SubjectId } from '../../kernel/ids.ts'
import { commitStatement } from '../../platform/db/commit-statement.ts'
import { groupWriter } from '../../platform/db/group-writer.ts'
import type { PipelinedReader, Statement } from '../../platform/db/pipelined-reader.ts'
import type { LegalBasis } from '../consent/index.ts'
import type { Disclosure, Exit } from './disclosure.ts'
import type { DisclosureLog, DisclosureReads } from './disclosure-log.ts'

const columns = `subject_id, disclosure_id, recipient_id, client_id, purpose_id, purpose_version, attributes, exit, basis,
  evidence_event_id, disclosed_at, touchpoint_id`

const insert: Statement = {
  name: 'recipient_disclosures_insert',
  text: `insert into recipient_disclosures (${columns})
  select ${columns} from jsonb_to_recordset(cast($1 as jsonb)) as d(subject_id uuid, disclosure_id uuid,
    recipient_id text, client_id text, purpose_id text, purpose_version integer, attributes text[], exit text, basis text,
    evidence_event_id uuid, disclosed_at timestamptz, touchpoint_id text)`,
}

const rowOf = (disclosure: Disclosure) => ({
  subject_id: disclosure.subjectId,
  disclosure_id: disclosure.disclosureId,
  recipient_id: disclosure.recipientId,
  client_id: disclosure.clientId,
  purpose_id: disclosure.purpose,
  purpose_version: disclosure.purposeVersion,
  attributes: disclosure.attributes,
  exit: disclosure.exit,
  basis: disclosure.basis,
  evidence_event_id: disclosure.evidenceEventId ?? null,
  disclosed_at: disclosure.disclosedAt.toISOString(),
  touchpoint_id: disclosure.touchpoint ?? null,
})

/** Writers that meet share one statement and one commit; each waits for its own record to be durable. */
export function pgDisclosureLog(pool: pg.Pool): DisclosureLog & { drain(): Promise<void> } {
  const writer = groupWriter<Disclosure, undefined>({
    key: ({ disclosureId }) => disclosureId,
    run: async (disclosures) => {
      await commitStatement(pool, insert, [JSON.stringify(disclosures.map(rowOf))])
      return disclosures.map(() => undefined)
    },
  })
  return { write: (disclosure) => writer.write(disclosure), drain: () => writer.drain() }
}

const page = {
  name: 'recipient-disclosures',
  text: `select ${columns} from recipient_disclosures
          where subject_id = $1 and ($3::text is null or recipient_id = $3) and ($4::uuid is null or disclosure_id < $4)
          order by disclosure_id desc limit $2`,
}
const summary = {
  name: 'recipient-disclosure-summary',
  text: `select recipient_id, count(*)::integer, max(disclosed_at) from recipient_disclosures
          where subject_id = $1 group by recipient_id order by 3 desc`,
}

const byPurpose = {
  name: 'recipients-for-purposes',
  text: `select recipient_id from recipient_disclosures
          where subject_id = $1 and purpose_id = any($2) group by recipient_id order by max(disclosed_at) desc, 1`,
}

export const pgDisclosureReads = (reader: PipelinedReader): DisclosureReads => ({
  of: async (subjectId, { limit, recipientId, before }) => {
    const rows = await reader.rows(page, [subjectId, limit, recipientId ?? null, before ?? null])
    return rows.map((row) => {
      const [
        ,
        disclosureId,
        recipient,
        clientId,
        purpose,
        version,
        attributes,
        exit,
        basis,
        event,
        at,
        place,
      ] = row as readonly [
        string,
        DisclosureId,
        string,
        string,
        string,
        number,
        string[],
        Exit,
        LegalBasis,
        string | null,
        Date,
        string | null,
      ]
      return {
        disclosureId,
        subjectId,
        recipientId: recipient,
        clientId,
        purpose,
        purposeVersion: version,
        attributes,
        exit,
        basis,
        evidenceEventId: event ?? undefined,
        disclosedAt: at,
        ...(place === null ? {} : { touchpoint: place }),
      }
    })
  },
  recipientsFor: async (subjectId, purposes) =>
    (await reader.rows(byPurpose, [subjectId, [...purposes]])).map(([recipientId]) => String(recipientId)),
  summary: async (subjectId: SubjectId) => {
    const rows = await reader.rows(summary, [subjectId])
    return rows.map((row) => {
      const [recipientId, count, lastAt] = row as readonly [string, number, Date]
      return { recipientId, count, lastAt }
    })
  },
})
