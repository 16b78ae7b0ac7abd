import type { Knex } from 'knex'
import type { Registry } from '../registry.ts'
import type { ProductFamilyStore } from './product-family-store.ts'

export const pgProductFamilyStore = (trx: Knex.Transaction): ProductFamilyStore => ({
  add: async (family, categories, at) => {
    const added: { category: string }[] = await trx('product_families')
      .insert(categories.map((category) => ({ family, category, added_at: at })))
      .onConflict()
      .ignore()
      .returning('category')
    return added.map(({ category }) => category).sort()
  },
  remove: async (family, categories, at) => {
    const removed: { category: string }[] = await trx('product_families')
      .where({ family })
      .whereNull('removed_at')
      .modify((query) => categories === undefined || void query.whereIn('category', [...categories]))
      .update({ removed_at: at })
      .returning('category')
    return removed.map(({ category }) => category).sort()
  },
})

/** The families now, or as they were at an instant. */
export async function productFamiliesOf(
  db: Knex,
  asOf: Date | undefined,
): Promise<Registry['productFamilies']> {
  const rows: { family: string; category: string }[] = await db('product_families')
    .distinct('family', 'category')
    .modify((query) =>
      asOf === undefined
        ? void query.whereNull('removed_at')
        : void query
            .where('added_at', '<=', asOf)
            .where((open) => void open.whereNull('removed_at').orWhere('removed_at', '>', asOf)),
    )
    .orderBy(['family', 'category'])
  return new Map(
    [...Map.groupBy(rows, ({ family }) => family)].map(([family, some]) => [
      family,
      some.map(({ category }) => category),
    ]),
  )
}
