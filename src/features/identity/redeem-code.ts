import type { Clock } from '../../kernel/clock.ts'
import { codeHash, secretHash } from '../../platform/crypto/index.ts'
import type { Limiter } from '../../platform/limits/index.ts'
import { type CodePurpose, codeBinding, readTypedCode } from './one-time-code.ts'
import type { OneTimeCodeStore, Redemption } from './one-time-code-store.ts'

/**
 * Judges what somebody typed. What is not six digits costs no guess. Beside the five guesses at one code, a network has
 * twenty an hour over all codes of a recipient, so that asking for new codes is no way to guess on; elsewhere the owner's
 * guesses stay their own (R66).
 */
export async function redeemCode(
  deps: {
    readonly codes: OneTimeCodeStore
    readonly limiter: Limiter
    readonly clock: Clock
    readonly codeKey: Uint8Array
  },
  attempt: {
    readonly purpose: CodePurpose
    readonly recipientIndex: Uint8Array
    readonly transaction: string
    readonly typed: string
    readonly network: string
  },
): Promise<Redemption> {
  const { purpose, recipientIndex, transaction, network } = attempt
  const code = readTypedCode(attempt.typed)
  if (code === undefined) return 'wrong'
  const guesser = `${Buffer.from(recipientIndex).toString('hex')}|${network}`
  await deps.limiter.consume(guesser, 'code-guess-account')
  const redemption = await deps.codes.redeem({
    purpose,
    recipientIndex,
    transactionHash: secretHash(transaction),
    codeHmac: codeHash(deps.codeKey, codeBinding(purpose, recipientIndex, transaction), code),
    now: deps.clock.now(),
  })
  if (redemption === 'right') await deps.limiter.clear(guesser, 'code-guess-account')
  return redemption
}
