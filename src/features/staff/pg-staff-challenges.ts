import { createHash } from 'node:crypto'
import type { PipelinedReader } from '../../platform/db/pipelined-reader.ts'
import type { StaffChallenges } from './staff-challenges.ts'

const hashOf = (challenge: string) => createHash('sha256').update(challenge, 'utf8').digest()
/** It holds the token of the browser's forms, which a copy of the database must not give away. */
const boundHash = (boundTo: string) => hashOf(boundTo).toString('base64url')

/**
 * Single statements, each its own transaction: a challenge is spent even when what follows fails. Should a broken
 * connection make the reader repeat one, the repeat finds nothing to consume and the person tries again.
 */
export function pgStaffChallenges(db: PipelinedReader): StaffChallenges {
  return {
    issue: async (challenge, ceremony, boundTo) => {
      await db.rows(
        {
          name: 'staff-challenge-issue',
          text: `insert into webauthn_challenges (challenge_hash, purpose, bound_to, expires_at)
            values ($1, $2, $3, now() + interval '5 minutes') on conflict do nothing`,
        },
        [hashOf(challenge), ceremony, boundHash(boundTo)],
      )
    },
    consume: async (challenge, ceremony, boundTo) => {
      const rows = await db.rows(
        {
          name: 'staff-challenge-consume',
          text: `update webauthn_challenges set consumed_at = now()
            where challenge_hash = $1 and purpose = $2 and bound_to = $3 and consumed_at is null and expires_at > now()
            returning true`,
        },
        [hashOf(challenge), ceremony, boundHash(boundTo)],
      )
      return rows.length === 1
    },
  }
}
