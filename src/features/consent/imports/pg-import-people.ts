import type { IdentifierId, SubjectId } from '../../../kernel/ids.ts'
import type { PipelinedReader } from '../../../platform/db/pipelined-reader.ts'
import { type FactsParts, factColumns, factsFromRow } from '../pg-facts.ts'
import { hexOf, type ImportPeople } from './import-people.ts'

const byIndex = {
  name: 'import-people',
  text: 'select blind_index, subject_id, identifier_id from identifier_lookups where blind_index = any($1)',
}
const bySubject = {
  name: 'import-facts',
  text: `select s.subject_id, ${factColumns} from subjects s left join subject_keys k on k.subject_id = s.subject_id
          where s.subject_id = any($1)`,
}
const versions = {
  name: 'import-versions',
  text: `select purpose_id, version, attributes from purpose_versions where state <> 'draft'`,
}

export const pgImportPeople = (reader: PipelinedReader, parts: FactsParts): ImportPeople => ({
  find: async (indexes) => {
    if (indexes.length === 0) return new Map()
    const rows = await reader.rows(byIndex, [indexes.map((index) => Buffer.from(index))])
    return new Map(
      rows.map((row) => {
        const [index, subjectId, identifierId] = row as readonly [Buffer, SubjectId, IdentifierId]
        return [hexOf(index), { subjectId, identifierId }]
      }),
    )
  },
  known: async (subjectIds) => {
    if (subjectIds.length === 0) return new Map()
    const rows = await reader.rows(bySubject, [subjectIds])
    return new Map(
      await Promise.all(
        rows.map(async ([id, ...facts]) => {
          const subjectId = id as SubjectId
          return [subjectId, await factsFromRow(subjectId, facts, parts)] as const
        }),
      ),
    )
  },
  purposeHistory: async () => {
    const history = new Map<string, Map<number, readonly string[]>>()
    for (const row of await reader.rows(versions, [])) {
      const [purpose, version, attributes] = row as readonly [string, number, string[]]
      const known = history.get(purpose) ?? new Map<number, readonly string[]>()
      history.set(purpose, known.set(version, attributes))
    }
    return history
  },
})
