import { openPipelinedReader } from '../../src/platform/db/pipelined-reader.ts'
import type { Prepared } from '../process/load-site.ts'
import { withClient } from './database.ts'
import type { FloorInside } from './inside.ts'

const rows = 20_000
const read = { name: 'bench_read', text: 'select payload from point_reads where id = $1' }

/** What one row by its key costs when nothing is done with it: named, pipelined, a payload as wide as a profile. */
export async function preparePointReads({ database }: FloorInside, batch: number): Promise<Prepared> {
  await withClient(database, async (client) => {
    await client.query(`
      drop table if exists point_reads;
      create table point_reads (id bigint primary key, payload text not null);
      insert into point_reads select n, repeat(md5(n::text), 12) from generate_series(0, ${rows - 1}) n;
      analyze point_reads`)
  })
  const reader = openPipelinedReader(database, 'floor-reads')
  let turn = 0
  const one = async () => {
    // A step that shares no divisor with the number of rows visits all of them, and never two neighbours in a row.
    turn = (turn + 7_919) % rows
    const [row] = await reader.rows(read, [turn])
    if (typeof row?.[0] !== 'string') throw new Error('a row is missing')
  }
  return {
    operate: async () => {
      await Promise.all(Array.from({ length: batch }, one))
    },
    close: () => reader.close(),
  }
}
