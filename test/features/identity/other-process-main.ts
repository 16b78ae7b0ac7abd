import pg from 'pg'
import {
  pgIdentityArtefacts,
  pgIdentityReads,
  redeemCode,
  signInWithPassword,
} from '../../../src/features/identity/index.ts'
import { createSealedTokens } from '../../../src/platform/crypto/index.ts'
import { openLane } from '../../../src/platform/db/lanes.ts'
import { createPgLimiter } from '../../../src/platform/limits/index.ts'
import { createArgon2Hasher } from '../../../src/platform/passwords/index.ts'
import { evidence } from './evidence.ts'

/** A process of its own: waits for a line, does its task many times at once, prints what came of each. */
const task = JSON.parse(process.argv[2] ?? '{}')
const lane = openLane(task.connection, 'login', 10)
const clock = { now: () => new Date(task.now) }
const { codes, challenges, failures } = pgIdentityArtefacts(
  lane,
  createSealedTokens([{ id: 'sealed', bytes: Buffer.from(task.sealKey, 'hex') }], task.issuer),
)
const pool = new pg.Pool({ ...task.connection, max: 10 })
const limiter = createPgLimiter({ db: pool, key: Buffer.from(task.limitKey, 'hex'), clock })
const index = Buffer.from(task.index, 'hex')
const hasher = createArgon2Hasher({ workers: 1 })

const once = async (): Promise<string> => {
  switch (task.do) {
    case 'redeem':
      return redeemCode(
        { codes, clock, limiter, codeKey: Buffer.from(task.codeKey, 'hex') },
        {
          purpose: 'sign-in',
          recipientIndex: index,
          transaction: 'flow-1',
          typed: task.typed,
          network: 'anywhere',
        },
      )
    case 'password': {
      const tried = await signInWithPassword(
        {
          work: () => Promise.reject(new Error('nobody should get in here')),
          passwords: pgIdentityReads(lane).passwords,
          passkeys: pgIdentityReads(lane).passkeys,
          failures,
          hasher,
          clock,
        },
        { identifierIndex: index, password: task.password, evidence },
      )
      return tried.outcome
    }
    default: {
      const consumed = await challenges.consume({
        challenge: task.challenge,
        purpose: 'sign-in',
        boundTo: task.boundTo,
        now: clock.now(),
      })
      return consumed ? 'consumed' : 'refused'
    }
  }
}

await lane.raw('select 1')
process.stdout.write('ready\n')
process.stdin.once('data', async () => {
  const answers = await Promise.all(
    Array.from({ length: task.times }, () => once().catch((error: Error) => `shed: ${error.message}`)),
  )
  process.stdout.write(`${JSON.stringify(answers)}\n`)
  await hasher.close()
  await lane.destroy()
  await pool.end()
  process.exit(0)
})
