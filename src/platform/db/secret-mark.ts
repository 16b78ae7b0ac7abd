import type { Knex } from 'knex'
import { PlacetError } from '../../kernel/errors.ts'
import type { DerivedKeys } from '../crypto/index.ts'
import { translateDatabaseError } from './pg-errors.ts'

const mark = 'blind-index-key'

/** `unmarked`: nothing was ever sealed here. */
export type SecretState = 'unmarked' | 'same' | 'changed'

/**
 * Whether the master secret is the one this database was begun with. The mark is the id of the blind-index key, a hash
 * that tells nothing of the key.
 */
export async function secretState(knex: Knex, keys: DerivedKeys): Promise<SecretState> {
  const found = await knex('house_marks').where({ name: mark }).first('value')
  if (found === undefined) return 'unmarked'
  return found.value === keys.anchored('blind-index').id ? 'same' : 'changed'
}

/**
 * Refuses another secret than the first. The first start sets the mark, every start compares, in two statements: where
 * several start at once, the second statement sees what the first one waited for.
 */
export async function checkSecret(knex: Knex, keys: DerivedKeys): Promise<void> {
  const { id } = keys.anchored('blind-index')
  try {
    await knex('house_marks').insert({ name: mark, value: id }).onConflict('name').ignore()
    if ((await secretState(knex, keys)) === 'same') return
  } catch (error) {
    throw translateDatabaseError(error)
  }
  throw new PlacetError(
    'refused',
    'secret-changed',
    'PLACET_SECRET is not the one this database was begun with.',
  )
}
