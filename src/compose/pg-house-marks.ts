import type { Knex } from 'knex'
import { PlacetError } from '../kernel/errors.ts'
import type { DerivedKeys } from '../platform/crypto/index.ts'
import { translateDatabaseError } from '../platform/db/pg-errors.ts'

const mark = 'blind-index-key'

/**
 * Refuses a master secret other than the one this database was begun with. The mark is the id of the blind-index key,
 * a hash that tells nothing of the key. One statement: the first start sets it, every other compares.
 */
export async function checkSecret(knex: Knex, keys: DerivedKeys): Promise<void> {
  const { id } = keys.anchored('blind-index')
  const { rows } = await knex
    .raw(
      `with first as (insert into house_marks (name, value) values (?, ?) on conflict do nothing returning value)
       select value from first union all select value from house_marks where name = ?`,
      [mark, id, mark],
    )
    .catch((error: unknown) => {
      throw translateDatabaseError(error)
    })
  if (rows[0]?.value === id) return
  throw new PlacetError(
    'refused',
    'secret-changed',
    'PLACET_SECRET is not the one this database was begun with. Set it to the former value; to rotate, put the new secret in front of it, parted by a comma.',
  )
}
