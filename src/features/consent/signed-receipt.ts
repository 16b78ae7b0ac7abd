import { createHash } from 'node:crypto'
import type { ReceiptId, SubjectId } from '../../kernel/ids.ts'
import type { ConsentEvent } from './consent-event.ts'
import { asNoticeText, inLanguage, type PublishedRegistry, pinnedNotice } from './published.ts'
import { type Party, receiptClaims } from './receipt.ts'
import { type ReceiptSigner, receiptType } from './receipt-signer.ts'

/**
 * Where the person goes with their rights; the house's own addresses.
 *
 * How our words map onto ISO/IEC TS 27560:2023 (clauses in brackets): consent event → `events` with time, type and state
 * (6.3.7); purpose → `purpose` and DPV `type` (6.3.4.3–4); notice → `privacy_notice`, `notice_sha256` and the wording
 * itself (6.3.4.1); attributes → `pii` (6.3.4.7); recipient → `recipient_third_parties` (6.3.4.17); controller → party
 * identification (6.3.6); jurisdiction (6.3.4.16); privacy centre → `withdrawal_method` and `privacy_rights`
 * (6.3.4.18–19). Contact channel has no field there and travels as `purpose.channel`.
 */
export interface ReceiptAddresses {
  readonly withdrawal: string
  readonly rights: string
}

/** The person's name on receipts: the same on all of theirs, and linked to nothing a client ever sees. */
const receiptSubject = (subjectId: SubjectId): string =>
  createHash('sha256').update(`placet receipt subject ${subjectId}`).digest('base64url')

const nobody: Party = { id: '', name: '', address: '', contact: '' }

/** The supervisory authority as the controller's registry entry names it: `Name, https://…`. */
function authorityOf(text: string): Party {
  const url = /https?:\/\/\S+/.exec(text)?.[0]
  const name = text.replace(url ?? '', '').replace(/[,\s]+$/, '')
  return { id: `urn:authority:${name}`, name, address: '', contact: url ?? name, url }
}

/** Signs what was recorded in one act of the person, with the wording they saw. */
export async function signedReceipt(
  act: {
    readonly receiptId: ReceiptId
    readonly subjectId: SubjectId
    readonly events: readonly ConsentEvent[]
    readonly at: Date
    readonly language: string
  },
  registry: PublishedRegistry,
  addresses: ReceiptAddresses,
  signer: ReceiptSigner,
): Promise<string> {
  const controllers = [...new Set(act.events.map((event) => event.controller))].flatMap((id) => {
    const found = registry.controllers.get(id)
    return found === undefined ? [] : [found]
  })
  const notices = act.events.flatMap((event) => {
    const found = event.notice === undefined ? undefined : pinnedNotice(registry, event.notice)
    return found === undefined ? [] : [asNoticeText(found)]
  })
  const versions = act.events.flatMap((event) => registry.active.get(event.purpose) ?? [])
  const systems = versions.flatMap((version) => version.recipients)
  const countries = new Set([
    ...controllers.map(({ country }) => country),
    ...systems.flatMap((id) => registry.systemNames.get(id)?.countries ?? []),
  ])
  const receipt = receiptClaims(act.receiptId, act.events, notices, registry.purposes, {
    controllers: controllers.map(({ id, name, address, dpoContact }) => ({
      id: `urn:party:${id}`,
      name,
      address,
      contact: dpoContact,
    })),
    authority: controllers[0] === undefined ? nobody : authorityOf(controllers[0].authority),
    withdrawalMethod: addresses.withdrawal,
    privacyRights: addresses.rights,
    retentionPeriod: [...new Set(versions.map(({ retention }) => inLanguage(retention, act.language)))].join(
      '; ',
    ),
    storageLocations: [...countries].sort(),
  })
  const claims = {
    iss: signer.issuer,
    sub: receiptSubject(act.subjectId),
    iat: Math.floor(act.at.getTime() / 1000),
    jti: act.receiptId,
    receipt,
  }
  return signer.sign(JSON.parse(JSON.stringify(claims)), receiptType)
}
