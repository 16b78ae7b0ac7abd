import canonicalize from 'canonicalize'
import { z } from 'zod'
import { splitSdJwt } from '../../../platform/crypto/index.ts'
import { checkCredential } from '../credential/check-credential.ts'
import { receiptType } from '../receipt-signer.ts'
import { checkpointClaims, checkpointType } from './checkpoint.ts'
import { base64Url, commitmentTo, fromBase64Url, type LogRow, rowHash } from './log-row.ts'
import { verifyInclusion } from './merkle-tree.ts'
import { checkJws, type PublishedKeys } from './published-keys.ts'
import {
  type Check,
  type CheckedEntry,
  type ClaimedEvent,
  checkedAlone,
  claimedEvent,
  judged,
  moment,
  noReceipt,
  type ReceiptVerdict,
} from './receipt-verdict.ts'

/** Nothing beside what is checked: whatever rode along would be read as proven too. */
const file = z.strictObject({
  format: z.literal('placet-receipt/1'),
  receipt: z.string(),
  keys: z.unknown().optional(),
  checkpoint: z.string().nullable(),
  log: z
    .array(
      // Nothing else in it: a misspelt opening would otherwise be taken for one that was left out.
      z.strictObject({
        record_id: z.string(),
        entry: z.strictObject({
          v: z.literal(1),
          log: z.string(),
          seq: z.number().int().min(0),
          recorded_at: z.string(),
          type: z.string(),
          notice_hash: z.string().nullable(),
          commit: z.string(),
          tag: z.string(),
        }),
        path: z.array(z.string()).max(64),
        opening: z
          .strictObject({ nonce: z.string().regex(/^[0-9a-f]{64}$/), act: z.record(z.string(), z.unknown()) })
          .optional(),
      }),
    )
    .max(1000),
})

const claims = z.object({
  iss: z.string(),
  iat: moment,
  jti: z.string(),
  receipt: z.object({ events: z.array(claimedEvent) }),
})

type Given = z.infer<typeof file>
type Logged = Given['log'][number]

const compactJws = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/

/** A bare JWS counts as a file that proves nothing but its signature. */
function readFile(text: string): Given | undefined {
  const trimmed = text.trim()
  if (compactJws.test(trimmed))
    return { format: 'placet-receipt/1', receipt: trimmed, checkpoint: null, log: [] }
  try {
    const given: unknown = JSON.parse(trimmed)
    return hasCanonicalForm(given) ? file.safeParse(given).data : undefined
  } catch {
    return undefined
  }
}

/** A number beyond all numbers or half a character: RFC 8785 has no form for it, so nothing was ever hashed over it. */
function hasCanonicalForm(value: unknown): boolean {
  try {
    return canonicalize(value) !== undefined
  } catch {
    return false
  }
}

function checkOpening({ entry, opening }: Logged, event: ClaimedEvent): Check {
  if (opening === undefined) return 'absent'
  const commit = base64Url(commitmentTo(Buffer.from(opening.nonce, 'hex'), canonicalize(opening.act) ?? ''))
  const kept = opening.act['event']
  const same = typeof kept === 'object' && kept !== null && 'id' in kept && kept.id === event.record_id
  return judged(commit === entry.commit && same)
}

/**
 * The entry belongs to this act, and the checkpoint to a log that holds the entry. A receipt from before there was a log
 * names no commitment: then only the opened act itself ties the entry to it.
 */
function checkLogged(
  logged: Logged,
  event: ClaimedEvent,
  checkpoint: z.infer<typeof checkpointClaims>,
): boolean {
  const { entry, path } = logged
  const row: LogRow = entry
  return (
    (event.commitment === undefined
      ? checkOpening(logged, event) === 'holds'
      : entry.commit === event.commitment) &&
    entry.type === event.state &&
    (entry.notice_hash ?? '') === event.notice_sha256 &&
    entry.log === checkpoint.log &&
    verifyInclusion(
      { leaf: rowHash(row), index: entry.seq, size: checkpoint.size, root: fromBase64Url(checkpoint.root) },
      path.map(fromBase64Url),
    )
  )
}

function checkEntry(
  event: ClaimedEvent,
  given: Given,
  checkpoint: z.infer<typeof checkpointClaims> | undefined,
): CheckedEntry {
  const logged = given.log.find(({ record_id }) => record_id === event.record_id)
  if (logged === undefined) return checkedAlone(event)
  return {
    ...checkedAlone(event),
    logged: judged(checkpoint !== undefined && checkLogged(logged, event, checkpoint)),
    opened: checkOpening(logged, event),
  }
}

/**
 * Checks a receipt, the file with its proofs, or what is shown of a receipt credential, against the keys the reader
 * trusts. Keys inside the file count for nothing: whoever forges a receipt brings keys along. The verifier page does the
 * same in the browser.
 */
export async function checkReceiptFile(
  text: string,
  keys: PublishedKeys,
  now: Date,
): Promise<ReceiptVerdict> {
  const credential = splitSdJwt(text.trim())
  if (credential !== undefined) return checkCredential(credential, keys, now)
  const given = readFile(text)
  if (given === undefined) return noReceipt
  const receipt = await checkJws(given.receipt, keys, { typ: receiptType, now })
  const said = claims.safeParse(receipt.claims)
  if (!said.success) return noReceipt
  const signed =
    given.checkpoint === null
      ? undefined
      : await checkJws(given.checkpoint, keys, { typ: checkpointType, now })
  const point = checkpointClaims.safeParse(signed?.claims).data
  const entries = said.data.receipt.events.map((event) => checkEntry(event, given, point))
  // One entry for each act and none besides: a second one of the same act would go unchecked.
  const strangers = given.log.some(
    ({ record_id }, at) =>
      !entries.some(({ recordId }) => recordId === record_id) ||
      given.log.findIndex((one) => one.record_id === record_id) !== at,
  )
  const signatures = [receipt.signature, ...(signed === undefined ? [] : [signed.signature])]
  const broken =
    strangers ||
    signatures.includes('fails') ||
    entries.some((entry) => [entry.words, entry.logged, entry.opened].includes('fails'))
  return {
    outcome: broken ? 'broken' : signatures.includes('unknown-key') ? 'unknown-key' : 'genuine',
    signature: receipt.signature,
    checkpoint: signed?.signature ?? 'absent',
    issuer: said.data.iss,
    receiptId: said.data.jti,
    issuedAt: new Date(said.data.iat * 1000),
    selective: false,
    entries,
  }
}
