import type { Knex } from 'knex'
import type { RulePack } from '../rule-pack.ts'

/** Every version of every law, the newest first; as of an instant, those that had been published by then. */
export async function packsOf(
  db: Knex,
  asOf: Date | undefined,
): Promise<ReadonlyMap<string, readonly RulePack[]>> {
  const rows: { jurisdiction: string; pack: RulePack }[] = await db('rule_packs')
    .select('jurisdiction', 'pack')
    .modify((query) => asOf === undefined || void query.where('published_at', '<=', asOf))
    // Of versions published together, such as those a house begins with, the law that began later stands first.
    .orderByRaw(`published_at desc, jurisdiction, (pack ->> 'validFrom')::numeric desc, version`)
  return new Map(
    [...Map.groupBy(rows, (row) => row.jurisdiction)].map(([jurisdiction, versions]) => [
      jurisdiction,
      versions.map((row) => row.pack),
    ]),
  )
}
