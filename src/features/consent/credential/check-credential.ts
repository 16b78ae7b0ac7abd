import { z } from 'zod'
import { revealed, type SdJwt } from '../../../platform/crypto/index.ts'
import { checkJws, type PublishedKeys } from '../ledger/published-keys.ts'
import {
  checkedAlone,
  claimedEvent,
  moment,
  noReceipt,
  type ReceiptVerdict,
} from '../ledger/receipt-verdict.ts'
import { credentialTyp, credentialTypeOf } from './credential-type.ts'

/** What must stand open: read from what was signed, so that no disclosure can stand in for it. */
const signedOpenly = z
  .object({ iss: z.string(), iat: moment, vct: z.string() })
  .refine(({ iss, vct }) => vct === credentialTypeOf(iss))

const shownByHolder = z.object({
  receipt_id: z.string().default(''),
  decisions: z.array(claimedEvent).min(1),
})

/**
 * Checks what somebody shows of a receipt credential. A disclosure that the signature does not cover makes it broken as
 * much as a changed letter would; one that shows no decision says nothing, and is no receipt.
 */
export async function checkCredential(
  { jws, disclosures }: SdJwt,
  keys: PublishedKeys,
  now: Date,
): Promise<ReceiptVerdict> {
  const { signature, claims } = await checkJws(jws, keys, { typ: credentialTyp, now })
  const open = signedOpenly.safeParse(claims).data
  if (claims === undefined || open === undefined) return noReceipt
  const about = {
    checkpoint: 'absent',
    issuer: open.iss,
    issuedAt: new Date(open.iat * 1000),
    selective: true,
  } as const
  const whole = revealed(claims, disclosures)
  if (whole === undefined) {
    return { ...about, outcome: 'broken', signature: 'fails', receiptId: '', entries: [] }
  }
  const shown = shownByHolder.safeParse(whole).data
  if (shown === undefined) return noReceipt
  const entries = shown.decisions.map(checkedAlone)
  const broken = signature === 'fails' || entries.some(({ words }) => words === 'fails')
  return {
    ...about,
    outcome: broken ? 'broken' : signature === 'unknown-key' ? 'unknown-key' : 'genuine',
    signature,
    receiptId: shown.receipt_id,
    entries,
  }
}
