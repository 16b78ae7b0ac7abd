import pg from 'pg'
import type { House } from '../../src/compose.ts'
import { emailIndex, identifierPlace, parseEmailAddress } from '../../src/features/identity/index.ts'
import type { Coordinates } from '../database.ts'
import { addressAt } from './rows.ts'

const insertSql = `
  with given as materialized (
    select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::bytea[], $5::bytea[], $6::bytea[])
      as given(subject_id, identifier_id, kek_id, wrapped, sealed, blind_index)
  ), people as (
    insert into subjects (subject_id, state, jurisdiction, language, created_at)
    select subject_id, 'active', 'ES', 'es', now() from given returning subject_id
  ), keys as (
    insert into subject_keys (subject_id, kek_id, wrapped_key, created_at)
    select subject_id, kek_id, wrapped, now() from given join people using (subject_id)
  ), reachable as (
    insert into identifiers (subject_id, identifier_id, kind, sealed_value, verified_at, created_at)
    select subject_id, identifier_id, 'email', sealed, now(), now() from given join people using (subject_id)
  )
  insert into identifier_lookups (blind_index, kind, subject_id, identifier_id)
  select blind_index, 'email', subject_id, identifier_id from given join people using (subject_id)`

const chunk = 2_000

/** People with an address each and nothing else, as real as the house would have made them, and much faster. */
export async function writePeople(house: House, database: Coordinates, people: number): Promise<void> {
  const { sealer, platform } = house
  const { blindIndex, entropy } = platform
  const client = new pg.Client({ ...database })
  await client.connect()
  try {
    for (let from = 0; from < people; from += chunk) {
      const made = await Promise.all(
        Array.from({ length: Math.min(chunk, people - from) }, async (_, at) => {
          const email = parseEmailAddress(addressAt(from + at))
          if (email === undefined) throw new Error('no address')
          const [subjectId, identifierId] = [entropy.id<'subject'>(), entropy.id<'identifier'>()]
          const { kekId, wrapped } = await sealer.create(subjectId)
          const sealed = await sealer.sealText(subjectId, identifierPlace(identifierId), email)
          return [
            subjectId,
            identifierId,
            kekId,
            Buffer.from(wrapped),
            Buffer.from(sealed),
            Buffer.from(emailIndex(blindIndex, email)),
          ]
        }),
      )
      await client.query(
        insertSql,
        [0, 1, 2, 3, 4, 5].map((column) => made.map((row) => row[column])),
      )
    }
  } finally {
    await client.end()
  }
}
