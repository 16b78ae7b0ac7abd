import type { Knex } from 'knex'
import type { ConsentEventId, SubjectId } from '../../../kernel/ids.ts'
import type { FoundYeses } from './found-yeses.ts'
import type { Selection } from './selection.ts'

/** People, not rows: nobody's answers are cut in two. */
const people = 200

/** What of the selection stands outside the sealed evidence. */
function narrow(query: Knex.QueryBuilder, selection: Selection): void {
  query.where('e.type', 'given')
  switch (selection.by) {
    case 'import':
      query.whereIn('e.surface', ['import', 'import:paper'])
      break
    case 'touchpoint':
      query.whereIn('e.channel', ['store', 'kiosk', 'call-centre'])
      if (selection.from !== undefined) query.where('e.occurred_at', '>=', selection.from)
      if (selection.until !== undefined) query.where('e.occurred_at', '<', selection.until)
      break
    case 'notice':
      query.where({ 'e.notice_id': selection.noticeId, 'e.notice_version': selection.version })
      if (selection.language !== undefined) query.where('e.notice_language', selection.language)
      break
    case 'act':
      query.where('e.event_id', selection.eventId)
      break
  }
}

export const pgFoundYeses = (db: Knex): FoundYeses => ({
  page: async (selection, after) => {
    const named = db('consent_events as e')
      .modify(narrow, selection)
      .modify((query) => after === undefined || void query.where('e.subject_id', '>', after))
      .distinct('e.subject_id')
      .orderBy('e.subject_id')
      .limit(people)
    const rows: {
      readonly subject_id: SubjectId
      readonly event_id: ConsentEventId
      readonly sealed_evidence: Buffer
    }[] = await db('consent_events as e')
      .modify(narrow, selection)
      .whereIn('e.subject_id', named)
      .orderBy(['e.subject_id', 'e.event_id'])
      .select('e.subject_id', 'e.event_id', 'e.sealed_evidence')
    const found = new Set(rows.map((row) => row.subject_id))
    return {
      yeses: rows.map((row) => ({
        subjectId: row.subject_id,
        eventId: row.event_id,
        sealedEvidence: row.sealed_evidence,
      })),
      next: found.size < people ? undefined : rows.at(-1)?.subject_id,
    }
  },
})
