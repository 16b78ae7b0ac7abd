import type { Clock } from '../../kernel/clock.ts'
import type { Entropy } from '../../kernel/ids.ts'
import { codeHash, secretHash } from '../../platform/crypto/index.ts'
import type { Limiter } from '../../platform/limits/index.ts'
import { type CodePurpose, codeBinding, codeMinutes, drawCode } from './one-time-code.ts'
import type { OneTimeCodeStore } from './one-time-code-store.ts'

export interface IssueCode {
  readonly purpose: CodePurpose
  /** Blind index of the address or number the code is sent to, whether or not anybody has an account by it. */
  readonly recipientIndex: Uint8Array
  /** Flow the code belongs to; in any other it is wrong. */
  readonly transaction: string
  readonly network: string
}

/**
 * Makes a new code, which replaces the older ones of the same recipient, purpose and transaction. Throws `tooMany` after five in an hour
 * for one recipient or thirty for one network (R67). The network is counted first, so that one that is shut out cannot
 * use up somebody's sends.
 */
export async function issueCode(
  deps: {
    readonly codes: OneTimeCodeStore
    readonly limiter: Limiter
    readonly clock: Clock
    readonly entropy: Entropy
    readonly codeKey: Uint8Array
  },
  command: IssueCode,
): Promise<{ readonly code: string; readonly expiresAt: Date }> {
  const { purpose, recipientIndex, transaction, network } = command
  await deps.limiter.consume(network, 'code-send-network')
  await deps.limiter.consume(Buffer.from(recipientIndex).toString('hex'), 'code-send-recipient')
  const createdAt = deps.clock.now()
  const expiresAt = new Date(createdAt.getTime() + codeMinutes * 60_000)
  const code = drawCode(deps.entropy)
  await deps.codes.issue({
    codeId: deps.entropy.id(),
    purpose,
    recipientIndex,
    transactionHash: secretHash(transaction),
    codeHmac: codeHash(deps.codeKey, codeBinding(purpose, recipientIndex, transaction), code),
    createdAt,
    expiresAt,
  })
  return { code, expiresAt }
}
