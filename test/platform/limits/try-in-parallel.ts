import pg from 'pg'
import { createPgLimiter } from '../../../src/platform/limits/pg-limiter.ts'

/*
 * A process of its own that makes parallel tries when told to start, and prints how many passed. Argument: JSON with the
 * connection, the key in hex, the hour and how many tries.
 */
const { connection, key, now, tries } = JSON.parse(process.argv[2] ?? '{}')
const pool = new pg.Pool({ ...connection, max: 10 })
const limiter = createPgLimiter({
  db: pool,
  key: Buffer.from(key, 'hex'),
  clock: { now: () => new Date(now) },
  onFallback: (error) => {
    throw error
  },
})
await pool.query('select 1')
process.stdout.write('ready\n')
process.stdin.once('data', async () => {
  const all = Array.from({ length: tries }, () => limiter.consume('ana', 'sign-in-account'))
  const answers = await Promise.allSettled(all)
  process.stdout.write(`passed ${answers.filter(({ status }) => status === 'fulfilled').length}\n`)
  await pool.end()
  process.exit(0)
})
