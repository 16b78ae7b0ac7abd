import type { ContactChannel } from '../../kernel/evidence.ts'
import type { AssertionId, IdentifierId, SubjectId } from '../../kernel/ids.ts'
import { open, type SealingKey } from '../../platform/crypto/index.ts'
import type { PipelinedReader } from '../../platform/db/pipelined-reader.ts'
import { type FactsParts, factColumnCount, factColumns, factsFromRow } from '../consent/index.ts'
import { identifierPlace } from '../identity/index.ts'
import { assertionPlace } from '../profile/index.ts'
import type { AskingClient, ReleaseReader } from './release-reader.ts'

/**
 * Facts, client, values: one select, so that nobody is given what was withdrawn between two reads. It brings all that is
 * known, still sealed, because a statement of another room that brings it along does not know yet what will be asked for.
 */
export const releaseAlong = {
  select: (subject: string, clientId: string): string => `select ${factColumns},
      c.recipient_id, c.first_party, c.purpose_id, c.contact_channel, c.brand_id,
      (select json_agg(json_build_array(v.attribute_id, v.assertion_id, encode(v.sealed_value, 'base64')))
         from (select distinct on (attribute_id) attribute_id, assertion_id, sealed_value from assertions
                where subject_id = s.subject_id and superseded_at is null
                order by attribute_id, asserted_at desc, assertion_id desc) v),
      (select json_agg(json_build_array(w.identifier_id, w.kind, w.verified_at is not null,
                encode(w.sealed_value, 'base64')) order by w.verified_at is not null, w.created_at)
         from identifiers w where w.subject_id = s.subject_id)
    from subjects s
    join clients c on c.client_id = ${clientId} and c.state = 'active'
    left join subject_keys k on k.subject_id = s.subject_id
    where s.subject_id = ${subject}`,
  width: factColumnCount + 7,
}

const statement = { name: 'release-matter', text: releaseAlong.select('$1', '$2') }

type AssertionCell = readonly [attribute: string, assertionId: AssertionId, sealed: string]
type IdentifierCell = readonly [identifierId: IdentifierId, kind: string, verified: boolean, sealed: string]

const openText = (
  key: SealingKey,
  subjectId: SubjectId,
  place: { readonly table: string; readonly column: string; readonly row: string },
  sealed: string,
): string => Buffer.from(open(key, { ...place, subjectId }, Buffer.from(sealed, 'base64'))).toString('utf8')

export const pgReleaseReader = (reader: PipelinedReader, parts: FactsParts): ReleaseReader => ({
  read: async (subjectId, clientId, carried) => {
    const [row] = carried === undefined ? await reader.rows(statement, [subjectId, clientId]) : [carried]
    if (row === undefined || row[0] === null) return undefined
    const { known, key } = await factsFromRow(subjectId, row, parts)
    const [recipientId, firstParty, purposeId, contactChannel, brandId, assertions, identifiers] = row.slice(
      factColumnCount,
    ) as [
      string,
      boolean,
      string | null,
      ContactChannel,
      string | null,
      AssertionCell[] | null,
      IdentifierCell[] | null,
    ]
    const client: AskingClient = {
      clientId,
      recipientId,
      firstParty,
      purposeId: purposeId ?? undefined,
      contactChannel,
      brandId: brandId ?? undefined,
    }
    return {
      known,
      client,
      valueOf: ({ attribute, identifier }) => {
        if (key === undefined) return undefined
        if (identifier !== undefined) {
          const cell = (identifiers ?? []).findLast(([, kind]) => kind === identifier)
          if (cell !== undefined) {
            const [id, , verified, sealed] = cell
            return { value: openText(key, subjectId, identifierPlace(id), sealed), verified }
          }
        }
        const cell = (assertions ?? []).find(([id]) => id === attribute)
        if (cell === undefined) return undefined
        return { value: JSON.parse(openText(key, subjectId, assertionPlace(cell[1]), cell[2])) }
      },
    }
  },
})
