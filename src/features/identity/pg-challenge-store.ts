import { hash } from 'node:crypto'
import type { Knex } from 'knex'
import type { ChallengeStore } from './challenge-store.ts'

/** What a ceremony is bound to holds the value of a cookie, which a copy of the database must not give away. */
const boundHash = (boundTo: string) => hash('sha256', boundTo, 'base64url')

export const pgChallengeStore = (db: Knex): ChallengeStore => ({
  add: async (challenge) => {
    await db('webauthn_challenges').insert({
      challenge_hash: Buffer.from(challenge.challengeHash),
      purpose: challenge.purpose,
      bound_to: boundHash(challenge.boundTo),
      expires_at: challenge.expiresAt,
    })
  },
  consume: async ({ challengeHash, purpose, boundTo, now }) => {
    const consumed = await db('webauthn_challenges')
      .where({ challenge_hash: Buffer.from(challengeHash), purpose, bound_to: boundHash(boundTo) })
      .whereNull('consumed_at')
      .where('expires_at', '>', now)
      .update({ consumed_at: now })
      .returning('purpose')
    return consumed.length === 1
  },
})
