import { createHash } from 'node:crypto'
import type { ReceiptId, SubjectId } from '../../kernel/ids.ts'
import type { ConsentEvent } from './consent-event.ts'
import { asNoticeText, inLanguage, type PublishedRegistry, pinnedNotice, termsKey } from './published.ts'
import { type Party, partyId, receiptClaims } from './receipt.ts'
import { type ReceiptSigner, receiptType } from './receipt-signer.ts'
import { statementOf } from './statements.ts'

/**
 * Where the person goes with their rights; the house's own addresses.
 *
 * How our words map onto ISO/IEC TS 27560:2023 (clauses in brackets): consent event → `events` with time, type and state
 * (6.3.7); purpose → `purpose` and DPV `type` (6.3.4.3–4) with its `lawful_basis` (6.3.4.6); notice → `privacy_notice`
 * (6.3.4.1) and `language` (6.3.4.2), with its hash and the wording itself; attributes → `pii` (`pii_information`, 6.3.4.7);
 * controller → `pii_controllers` (6.3.4.8) and, once for all, `controllers` (party identification, 6.3.6); countries →
 * `storage_locations` (6.3.4.11); retention → `retention_period` (6.3.4.12); jurisdiction (6.3.4.16); recipient →
 * `recipient_third_parties` (6.3.4.17); privacy centre → `withdrawal_method` and `privacy_rights` (6.3.4.18–19); supervisory
 * authority → `authority_party` (6.3.4.22). Contact channel has no field there and travels as `purpose.channel`; `wording`,
 * `notice_sha256`, `capture` and `commitment` are ours too. Left out are `party_type` and `entity_id`: the house keeps no
 * legal form of parties, and the person is named by `sub`, differently on each. `withdrawal_method` is the privacy centre and not
 * the link that stands in each message: receipts are shown around, and whoever holds that link may use it.
 */
export interface ReceiptAddresses {
  readonly withdrawal: string
  readonly rights: string
}

/**
 * The person's name on one receipt: another on each, so that two clients who are each given one of the same person cannot
 * see that they are, as little as by their pairwise `sub`. The account's id, which leaves the house nowhere, is the key: who
 * knows it can tell whose receipt it is. Nothing is verified by it.
 */
const receiptSubject = ({ subjectId, receiptId }: { subjectId: SubjectId; receiptId: ReceiptId }): string =>
  createHash('sha256').update(`placet receipt subject ${subjectId} ${receiptId}`).digest('base64url')

const nobody: Party = { id: '', name: '', address: '', contact: '' }

/** The supervisory authority as the controller's registry entry names it: `Name, https://…`. */
function authorityOf(text: string): Party {
  const url = /https?:\/\/\S+/.exec(text)?.[0]
  const name = text.replace(url ?? '', '').replace(/[,\s]+$/, '')
  return { id: `urn:authority:${name}`, name, address: '', contact: url ?? name, url }
}

/** Of the version the act pins; of the one in force for an act that pins none, as an objection to a family of purposes. */
function termsOf({ purpose, purposeVersion }: ConsentEvent, registry: PublishedRegistry) {
  const active = registry.active.get(purpose)
  if (purposeVersion === undefined) return active
  return registry.told.get(termsKey(purpose, purposeVersion)) ?? active
}

/** Signs what was recorded in one act of the person, with the wording they saw. */
export async function signedReceipt(
  act: {
    readonly receiptId: ReceiptId
    readonly subjectId: SubjectId
    readonly events: readonly ConsentEvent[]
    readonly commitments: ReadonlyMap<string, Uint8Array>
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
  const versions = act.events.flatMap((event) => termsOf(event, registry) ?? [])
  const systems = versions.flatMap((version) => version.recipients)
  const countries = new Set([
    ...controllers.map(({ country }) => country),
    ...systems.flatMap((id) => registry.systemNames.get(id)?.countries ?? []),
  ])
  const frame = {
    controllers: controllers.map(({ id, name, address, dpoContact }) => ({
      id: partyId(id),
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
    specialAttributes: registry.specialAttributes,
    statementOf: (event: ConsentEvent) => statementOf(event, act.language),
  }
  const { receiptId, events, commitments } = act
  const receipt = receiptClaims(receiptId, events, notices, registry.purposes, frame, commitments)
  const claims = {
    iss: signer.issuer,
    sub: receiptSubject(act),
    iat: Math.floor(act.at.getTime() / 1000),
    jti: act.receiptId,
    receipt,
  }
  return signer.sign(JSON.parse(JSON.stringify(claims)), receiptType)
}
