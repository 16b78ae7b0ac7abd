import type { ReceiptClaims, ReceiptEntry } from '../receipt.ts'

const context = {
  dpv: 'https://w3id.org/dpv#',
  loc: 'https://w3id.org/dpv/loc#',
  'eu-gdpr': 'https://w3id.org/dpv/legal/eu/gdpr#',
  dct: 'http://purl.org/dc/terms/',
  skos: 'http://www.w3.org/2004/02/skos/core#',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
} as const

/** Without this their values would be read as text and not as what they name. */
const named = {
  'dct:conformsTo': { '@type': '@id' },
  'dpv:hasDataController': { '@type': '@id' },
  'dpv:hasJurisdiction': { '@type': '@id' },
  'dpv:hasLegalBasis': { '@type': '@id' },
  'dpv:isExercisedAt': { '@type': '@id' },
  'dpv:isIndicatedAtTime': { '@type': 'xsd:dateTime' },
  'skos:broader': { '@type': '@id' },
} as const

/** `https://w3id.org/dpv#ConsentGiven` → `dpv:ConsentGiven`; what has no prefix here stays whole. */
function compact(iri: string): string {
  const found = Object.entries(context).find(([, base]) => iri.startsWith(base))
  return found === undefined ? iri : `${found[0]}:${iri.slice(found[1].length)}`
}

const process = (entry: ReceiptEntry, receipt: ReceiptClaims, own: string) => ({
  '@type': 'dpv:Process',
  'dpv:hasPurpose': {
    '@id': `urn:purpose:${entry.purpose.id}:${entry.purpose.version ?? 0}`,
    '@type': 'dpv:Purpose',
    'dct:description': entry.wording,
    ...(entry.purpose.type === null ? {} : { 'skos:broader': compact(entry.purpose.type) }),
  },
  'dpv:hasPersonalData': entry.pii.map((attribute) => ({
    '@type': 'dpv:PersonalData',
    'dct:identifier': attribute,
  })),
  ...(entry.purpose.lawful_basis === null
    ? {}
    : { 'dpv:hasLegalBasis': compact(entry.purpose.lawful_basis) }),
  'dpv:hasDataController':
    entry.pii_controllers ??
    receipt.controllers.flatMap((party) => ('party_id' in party ? [party.party_id] : [])),
  'dpv:hasRecipient': entry.recipient_third_parties,
  ...(entry.jurisdiction === null ? {} : { 'dpv:hasJurisdiction': `loc:${entry.jurisdiction}` }),
  'dpv:hasConsentControl': [
    { '@type': ['dpv:WithdrawConsent'], 'dpv:isExercisedAt': receipt.withdrawal_method },
  ],
  'dpv:hasRight': [
    ...['eu-gdpr:A7-3', 'eu-gdpr:A15', 'eu-gdpr:A21'].map((right) => rightAt(right, receipt.privacy_rights)),
    ...complaint(receipt),
  ],
  [`${own}contactChannel`]: entry.purpose.channel,
})

const rightAt = (right: string, where: unknown) => ({
  '@type': ['dpv:DataSubjectRight', right],
  'dpv:isExercisedAt': where,
})

/** Complaints go to the authority; where its address is not known, no other stands in for it. */
const complaint = ({ authority_party: party }: ReceiptClaims) =>
  'party_url' in party ? [rightAt('eu-gdpr:A77', party.party_url)] : []

const isConsent = ({ event_state }: ReceiptEntry): boolean => event_state.startsWith(context.dpv)

const indication = (entry: ReceiptEntry) => ({
  '@type': [...new Set([compact(entry.event_state), compact(entry.event_type)])],
  'dct:identifier': entry.record_id,
  'dpv:isIndicatedAtTime': entry.event_time,
  ...(entry.received_time === undefined ? {} : { 'dct:dateSubmitted': entry.received_time }),
  ...(entry.capture === null
    ? {}
    : { 'dpv:hasIndicationMethod': `${entry.capture.channel}, ${entry.capture.surface}` }),
})

const notice = (entry: ReceiptEntry, own: string) => ({
  '@id': URL.canParse(entry.privacy_notice) ? entry.privacy_notice : `urn:notice:${entry.privacy_notice}`,
  '@type': 'dpv:ConsentNotice',
  'dct:language': entry.language,
  [`${own}sha256`]: entry.notice_sha256,
})

/**
 * The receipt in the words of W3C DPV 2.3, for programs that read linked data. Arrays throughout, since the guide's
 * repeated keys are no JSON. DPV knows no contact channel and no hash, and an objection or a restriction is no status of a
 * consent: those terms are the house's own, under its own address. The signed form goes along, because this one proves
 * nothing by itself.
 */
export function receiptJsonLd(
  receipt: ReceiptClaims,
  signed: { readonly issuer: string; readonly jws: string },
) {
  const own = 'placet:'
  return {
    '@context': { ...context, ...named, placet: `${signed.issuer}/ns#` },
    '@id': `urn:uuid:${receipt.receipt_id}`,
    '@type': 'dpv:ConsentRecord',
    'dct:conformsTo': receipt.schema_version,
    'dct:identifier': receipt.receipt_id,
    'dpv:hasNotice': receipt.events.flatMap((entry) =>
      entry.privacy_notice === '' ? [] : [notice(entry, own)],
    ),
    'dpv:hasProcess': receipt.events.map((entry) => process(entry, receipt, own)),
    'dpv:hasConsentStatus': receipt.events.filter(isConsent).map(indication),
    [`${own}exercisedRight`]: receipt.events.filter((entry) => !isConsent(entry)).map(indication),
    'dpv:hasEntity': receipt.controllers.map((party) => ({
      '@type': 'dpv:DataController',
      ...('party_id' in party ? { '@id': party.party_id } : {}),
      ...('party_name' in party ? { 'dpv:hasName': party.party_name } : {}),
      ...('party_contact' in party ? { 'dpv:hasContact': party.party_contact } : {}),
    })),
    [`${own}signedReceipt`]: signed.jws,
  }
}
