import type { Knex } from 'knex'
import { keepProofs } from '../../../src/compose/pg-work.ts'
import type { EventId, SubjectId } from '../../../src/kernel/ids.ts'
import { systemEntropy } from '../../../src/platform/crypto/index.ts'
import { type UnitOfWorkOptions, unitOfWork } from '../../../src/platform/db/unit-of-work.ts'

const noon = new Date('2026-11-22T12:00:00Z')

/** The smallest fact there is, a touchpoint, written by the real unit of work with its real proofs. */
export const touchpointWork = (knex: Knex, options?: UnitOfWorkOptions) =>
  unitOfWork(
    knex,
    (trx) => ({
      touchpoints: {
        add: (id: string) =>
          trx('touchpoints')
            .insert({ touchpoint_id: id, kind: 'store', name: id })
            .then(() => undefined),
        rename: (id: string, name: string) =>
          trx('touchpoints')
            .where({ touchpoint_id: id })
            .update({ name })
            .then(() => undefined),
      },
      raw: (sql: string) => trx.raw(sql).then(() => undefined),
    }),
    keepProofs,
    options,
  )

export const opened = (id: string) =>
  ({
    action: 'house.store-opened',
    actor: { kind: 'system', name: 'test' },
    at: noon,
    about: `store:${id}`,
  }) as const

export const told = (subjectId: SubjectId, type = 'test.happened') => ({
  id: systemEntropy.id<'event'>() as EventId,
  type,
  version: 1,
  occurredAt: noon,
  subjectId,
  payload: {},
})

export const namesIn = async (knex: Knex): Promise<readonly string[]> =>
  (await knex('touchpoints').orderBy('touchpoint_id').pluck('name')) as string[]
