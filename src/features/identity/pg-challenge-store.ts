import { hash } from 'node:crypto'
import type { Knex } from 'knex'
import { z } from 'zod'
import type { SealedTokens } from '../../platform/crypto/index.ts'
import type { Ceremony, ChallengeStore } from './challenge-store.ts'

/** What a ceremony is bound to holds the value of a cookie, which a copy of the database must not give away. */
const boundHash = (boundTo: string) => hash('sha256', boundTo, 'base64url')

const shape = z.strictObject({ purpose: z.string(), bound: z.string(), end: z.int() })

/**
 * The challenge itself says what it is for, sealed under a fresh nonce of 96 bits and a key nobody else has, which makes
 * it as hard to guess as to forge. That it was used is a row, and the row's key can be taken once: the INSERT is the use.
 * Rows stay for a day after the challenge has ended, so a use is never forgotten while it could be repeated.
 */
export const pgChallengeStore = (db: Knex, sealedTokens: SealedTokens): ChallengeStore => ({
  issue: ({ purpose, boundTo }, expiresAt) => {
    const said = { purpose, bound: boundHash(boundTo), end: expiresAt.getTime() }
    return Buffer.from(sealedTokens.sealToken('passkey-challenge', said, expiresAt), 'base64url')
  },
  consume: async ({ challenge, now, ...ceremony }) => {
    const { data } = shape.safeParse(sealedTokens.openToken('passkey-challenge', challenge, now))
    if (data === undefined || !isFor(ceremony, data)) return false
    const consumed = await db('webauthn_challenges')
      .insert({
        challenge_hash: hash('sha256', challenge, 'buffer'),
        purpose: data.purpose,
        bound_to: data.bound,
        expires_at: new Date(data.end),
        consumed_at: now,
      })
      .onConflict('challenge_hash')
      .ignore()
      .returning('purpose')
    return consumed.length === 1
  },
})

const isFor = ({ purpose, boundTo }: Ceremony, said: z.infer<typeof shape>): boolean =>
  said.purpose === purpose && said.bound === boundHash(boundTo)
