import type pg from 'pg'

/** Every value of every row of every table, in every spelling a thief would try. */
export async function everythingIn(pool: pg.Pool): Promise<ReadonlySet<string>> {
  const found = new Set<string>()
  const take = (value: unknown): void => {
    if (value === null || value === undefined || typeof value === 'boolean' || value instanceof Date) return
    if (Buffer.isBuffer(value)) {
      for (const encoding of ['hex', 'base64', 'base64url', 'latin1'] as const)
        found.add(value.toString(encoding))
      return
    }
    if (typeof value === 'object') {
      for (const [name, member] of Object.entries(value)) {
        found.add(name)
        take(member)
      }
      return
    }
    const text = String(value)
    found.add(text)
    for (const part of text.split(/[|\s]/)) found.add(part)
    if (/^[A-Za-z0-9_+/=-]{20,}$/.test(text)) found.add(Buffer.from(text, 'base64').toString('latin1'))
    if (/^[{[]/.test(text)) {
      try {
        take(JSON.parse(text))
      } catch {
        // It only looked like a document.
      }
    }
  }
  const { rows: tables } = await pool.query<{ name: string }>(
    "select tablename as name from pg_tables where schemaname = 'public'",
  )
  for (const { name } of tables) {
    const { rows } = await pool.query(`select * from ${name}`)
    for (const row of rows) for (const value of Object.values(row)) take(value)
  }
  return found
}
