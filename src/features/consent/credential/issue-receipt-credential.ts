import type { Clock } from '../../../kernel/clock.ts'
import type { Entropy } from '../../../kernel/ids.ts'
import { type Concealed, concealElement, concealMember, joinSdJwt } from '../../../platform/crypto/index.ts'
import type { FoundReceipt } from '../find-receipt.ts'
import type { ReceiptClaims, ReceiptEntry } from '../receipt.ts'
import type { ReceiptSigner } from '../receipt-signer.ts'
import { closedMembers, credentialTyp, credentialTypeOf } from './credential-type.ts'

/** How many decisions there were tells something too: the list is filled up to a multiple of this with decoys. */
const listStep = 8

/** A decision names its controller itself: the list of all of them would tell of the other decisions. */
function decisionOf(entry: ReceiptEntry, { controllers }: ReceiptClaims): object {
  const own = controllers.filter(
    (party) => 'party_id' in party && entry.pii_controllers?.some((id) => id === party.party_id),
  )
  return { ...entry, controllers: own.length === 0 && controllers.length === 1 ? controllers : own }
}

const inOrderOfDigest = (a: Concealed, b: Concealed): number => (a.digest < b.digest ? -1 : 1)

/**
 * A receipt once more, as an SD-JWT VC: the facts of the signed one, so made that its holder can show one decision without
 * the others. Issued anew each time with fresh salts: nothing of it is kept here, and two copies have no digest in common. It
 * is bound to no key of the holder (no `cnf`): whoever has it can show it, as with paper.
 *
 * `showing` is the record id of the one decision to open; without it everything is, and the holder's wallet chooses.
 * Undefined when the receipt has no such decision.
 */
export async function issueReceiptCredential(
  parts: { readonly signer: ReceiptSigner; readonly entropy: Entropy; readonly clock: Clock },
  { claims, holder }: Pick<FoundReceipt, 'claims' | 'holder'>,
  showing?: string,
): Promise<string | undefined> {
  const { signer, entropy, clock } = parts
  const salt = () => entropy.bytes(16)
  const values = { ...claims, sub: holder }
  const members = closedMembers.map((name) => concealMember(salt(), name, values[name]))
  const decisions = claims.events.map((entry) => ({
    recordId: entry.record_id,
    closed: concealElement(salt(), decisionOf(entry, claims)),
  }))
  const opened = decisions.filter(({ recordId }) => showing === undefined || recordId === showing)
  if (opened.length === 0) return undefined
  const decoys = Array.from({ length: (listStep - (decisions.length % listStep)) % listStep }, () =>
    concealElement(salt(), Buffer.from(salt()).toString('base64url')),
  )
  const listed = [...decisions.map(({ closed }) => closed), ...decoys].sort(inOrderOfDigest)
  const jws = await signer.sign(
    {
      iss: signer.issuer,
      iat: Math.floor(clock.now().getTime() / 1000),
      vct: credentialTypeOf(signer.issuer),
      schema_version: claims.schema_version,
      withdrawal_method: claims.withdrawal_method,
      privacy_rights: claims.privacy_rights,
      decisions: listed.map(({ digest }) => ({ '...': digest })),
      _sd_alg: 'sha-256',
      _sd: [...members].sort(inOrderOfDigest).map(({ digest }) => digest),
    },
    credentialTyp,
  )
  const shown = [...(showing === undefined ? members : []), ...opened.map(({ closed }) => closed)]
  return joinSdJwt(
    jws,
    shown.map(({ disclosure }) => disclosure),
  )
}
