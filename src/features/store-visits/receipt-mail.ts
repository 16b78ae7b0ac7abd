import { z } from 'zod'
import type { Actor } from '../../kernel/actor.ts'
import type { Clock } from '../../kernel/clock.ts'
import { type FieldIssue, invalid, refused } from '../../kernel/errors.ts'
import type { Evidence } from '../../kernel/evidence.ts'
import type { Entropy } from '../../kernel/ids.ts'
import type { Work } from '../../kernel/work.ts'
import type { BlindIndex, SealedTokens } from '../../platform/crypto/index.ts'
import type { Limiter } from '../../platform/limits/index.ts'
import { type EmailAddress, emailIndex, parseEmailAddress } from '../identity/index.ts'
import type { ReceiptMailId, ReceiptMailReads, ReceiptStores } from './receipt-mail-store.ts'

/** What the address was given for. It is a purpose of its own, of the sale's contract, and no step towards another. */
const receiptPurpose = 'service.receipt'

/** One receipt of the till, as it was told. */
export interface TillReceipt {
  readonly to: EmailAddress
  readonly reference: string
  readonly total: string
  readonly touchpointId: string
  readonly language: string
}

export interface ReceiptParts<Tx extends ReceiptStores> {
  readonly work: Work<Tx>
  readonly reads: ReceiptMailReads
  readonly clock: Clock
  readonly entropy: Entropy
  readonly blindIndex: BlindIndex
  readonly tokens: SealedTokens
  readonly limiter: Pick<Limiter, 'consume'>
  /** Throws unless the actor may assist at this store, at this moment. */
  readonly authorize: (tx: Tx, actor: Actor, touchpointId: string) => Promise<void>
  readonly isOpenStore: (touchpointId: string) => boolean
  readonly send: (receipt: TillReceipt) => Promise<void>
  readonly later: (task: () => Promise<void>) => void
}

/** Kept until the mail has left and no longer than this; whoever lost it asks at the till. */
const keptFor = 86_400_000
const minute = 60_000

const seal = 'store receipt mail'

const shape = z.strictObject({
  to: z.string(),
  reference: z.string(),
  total: z.string(),
  touchpointId: z.string(),
  language: z.string(),
})

/** Letters, digits, and what tills part them with; no dot, so that nothing typed here reads as a link in somebody's mail. */
const referenceShape = /^[\p{L}\p{N}](?:[\p{L}\p{N} /#-]{0,38}[\p{L}\p{N}])?$/u
const totalShape = /^\d{1,3}(?:[.\u00a0 ]?\d{3}){0,2}(?:[.,]\d{2})?(?:\s?(?:€|EUR))?$/

export interface TypedReceipt {
  readonly email: string
  readonly reference: string
  readonly total: string
}

/** The receipt as it was typed, or what is wrong with it, field by field. */
export function readReceipt({
  email,
  reference,
  total,
}: TypedReceipt):
  | Pick<TillReceipt, 'to' | 'reference' | 'total'>
  | { readonly issues: readonly FieldIssue[] } {
  const to = parseEmailAddress(email)
  const [named, sum] = [reference.trim(), total.trim()]
  const issues: FieldIssue[] = [
    ...(email.trim() === '' ? [{ field: 'email', code: 'email-required' }] : []),
    ...(email.trim() !== '' && to === undefined ? [{ field: 'email', code: 'email-invalid' }] : []),
    ...(referenceShape.test(named) ? [] : [{ field: 'reference', code: 'receipt-reference-invalid' }]),
    ...(totalShape.test(sum) ? [] : [{ field: 'total', code: 'receipt-total-invalid' }]),
  ]
  return to === undefined || issues.length > 0 ? { issues } : { to, reference: named, total: sum }
}

/**
 * Sends a receipt to an address that a customer gave for it. Nobody is enrolled, no question is asked or answered, and the
 * address is not looked for among people: whether it is known changes nothing (GDPR Art. 5(1)(b); a receipt's address that
 * turns into a newsletter is the classic breach). The proof names the purpose and not the address.
 */
export async function mailReceipt<Tx extends ReceiptStores>(
  parts: ReceiptParts<Tx>,
  command: { readonly actor: Actor; readonly evidence: Evidence; readonly receipt: TillReceipt },
): Promise<void> {
  const { actor, receipt } = command
  const { to, touchpointId } = receipt
  if (actor.kind !== 'staff') throw refused('not-staff', 'Only staff may do this.')
  if (!parts.isOpenStore(touchpointId)) {
    throw invalid('touchpoint-unknown', 'Choose one of your stores.', [
      { field: 'store', code: 'store-unknown' },
    ])
  }
  await parts.limiter.consume(actor.staffId, 'store-receipt-staff')
  await parts.limiter.consume(
    Buffer.from(emailIndex(parts.blindIndex, to)).toString('hex'),
    'store-mail-recipient',
  )
  const id = parts.entropy.id<'receipt-mail'>()
  await parts.work(async (tx) => {
    await parts.authorize(tx, actor, touchpointId)
    const at = parts.clock.now()
    const expiresAt = new Date(at.getTime() + keptFor)
    await tx.receiptMails.insert({
      id,
      sealed: parts.tokens.sealToken(seal, receipt, expiresAt),
      createdAt: at,
      // Whoever began it sends it at once; the job takes over what was left lying.
      nextAttemptAt: new Date(at.getTime() + 2 * minute),
      expiresAt,
    })
    await tx.audit.record({
      action: 'store.receipt-mailed',
      actor,
      at,
      about: `touchpoint:${touchpointId}`,
      evidence: { ...command.evidence, touchpoint: touchpointId },
      facts: { receiptMailId: id, purpose: receiptPurpose },
    })
  })
  parts.later(() => send(parts, id))
}

/** Sent first and forgotten then: a crash in between sends a receipt twice, which harms nobody. */
async function send<Tx extends ReceiptStores>(parts: ReceiptParts<Tx>, id: ReceiptMailId): Promise<void> {
  const kept = await parts.reads.find(id)
  if (kept === undefined) return
  const { data } = shape.safeParse(parts.tokens.openToken(seal, kept, parts.clock.now()))
  const to = parseEmailAddress(data?.to ?? '')
  if (data === undefined || to === undefined) return
  await parts.send({ ...data, to })
  await parts.reads.forget(id)
}

/** The job beside it: sends what was left lying, and forgets what could not be sent for a day. */
export async function tendReceiptMails<Tx extends ReceiptStores>(
  parts: ReceiptParts<Tx>,
  most = 100,
): Promise<{ readonly sent: number; readonly forgotten: number }> {
  const now = parts.clock.now()
  const forgotten = await parts.reads.forgetExpired(now)
  const failures: unknown[] = []
  let sent = 0
  for (const id of await parts.reads.claimDue(now, new Date(now.getTime() + 10 * minute), most)) {
    try {
      await send(parts, id)
      sent += 1
    } catch (error) {
      failures.push(error)
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, 'Some receipts could not be sent.')
  return { sent, forgotten }
}
