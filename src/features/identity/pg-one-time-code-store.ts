import type { Knex } from 'knex'
import { guessesPerCode } from './one-time-code.ts'
import type { OneTimeCodeStore } from './one-time-code-store.ts'

const issueSql = `
  with older as (
    update one_time_codes set consumed_at = :now
     where recipient_index = :recipient and purpose = :purpose and transaction_hash = :transaction
       and consumed_at is null
  )
  insert into one_time_codes (code_id, purpose, recipient_index, transaction_hash, code_hmac, created_at, expires_at)
  values (:code, :purpose, :recipient, :transaction, :hmac, :now, :expires)`

/*
 * The row lock of the update makes parallel guesses queue, and each looks at the guesses the one before it left. The
 * newest row is chosen first, so two codes issued at the same instant leave one that counts.
 */
const redeemSql = `
  update one_time_codes
     set guesses = guesses + 1,
         consumed_at = case when code_hmac = :hmac then cast(:now as timestamptz) else null end
   where code_id = (select code_id from one_time_codes
                     where recipient_index = :recipient and purpose = :purpose and transaction_hash = :transaction
                     order by created_at desc, code_id desc limit 1)
     and consumed_at is null and expires_at > :now and guesses < :most
  returning consumed_at is not null as right`

export const pgOneTimeCodeStore = (db: Knex): OneTimeCodeStore => ({
  issue: async (code) => {
    await db.raw(issueSql, {
      code: code.codeId,
      purpose: code.purpose,
      recipient: Buffer.from(code.recipientIndex),
      transaction: Buffer.from(code.transactionHash),
      hmac: Buffer.from(code.codeHmac),
      now: code.createdAt,
      expires: code.expiresAt,
    })
  },
  redeem: async ({ purpose, recipientIndex, transactionHash, codeHmac, now }) => {
    const { rows } = await db.raw<{ rows: { right: boolean }[] }>(redeemSql, {
      purpose,
      recipient: Buffer.from(recipientIndex),
      transaction: Buffer.from(transactionHash),
      hmac: Buffer.from(codeHmac),
      now,
      most: guessesPerCode,
    })
    const [judged] = rows
    if (judged === undefined) return 'spent'
    return judged.right ? 'right' : 'wrong'
  },
})
