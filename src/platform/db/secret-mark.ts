import type { Knex } from 'knex'
import { PlacetError } from '../../kernel/errors.ts'
import type { DerivedKeys } from '../crypto/index.ts'
import { translateDatabaseError } from './pg-errors.ts'

const mark = 'blind-index-key'
const ownMark = (keys: DerivedKeys) => keys.anchored('blind-index').id

/**
 * Refuses a master secret other than the one this database was begun with; `unmarked` when it was not begun yet. The mark
 * is the id of the blind-index key, a hash that tells nothing of the key.
 */
export async function compareSecret(knex: Knex, keys: DerivedKeys): Promise<'unmarked' | 'same'> {
  const found = await knex('house_marks').where({ name: mark }).first('value')
  if (found === undefined) return 'unmarked'
  if (found.value === ownMark(keys)) return 'same'
  throw new PlacetError(
    'refused',
    'secret-changed',
    'PLACET_SECRET is not the one this database was begun with.',
  )
}

/**
 * The first start sets the mark, and every start compares, in two statements: where several start at once, the second
 * statement sees what the first one waited for.
 */
export async function checkSecret(knex: Knex, keys: DerivedKeys): Promise<void> {
  try {
    await knex('house_marks')
      .insert({ name: mark, value: ownMark(keys) })
      .onConflict('name')
      .ignore()
    await compareSecret(knex, keys)
  } catch (error) {
    throw translateDatabaseError(error)
  }
}
