/** `typ` and media type of an SD-JWT VC (draft-ietf-oauth-sd-jwt-vc). */
export const credentialTyp = 'dc+sd-jwt'
export const credentialMediaType = 'application/dc+sd-jwt'

/** Goes up whenever a claim changes its meaning: credentials are read for years after they were issued. */
export const credentialTypePath = '/credentials/consent-receipt/1'

export const credentialTypeOf = (issuer: string): string => `${issuer}${credentialTypePath}`

/** What stands open in every one, because it says nothing of anybody's decisions. */
const open = ['iss', 'iat', 'vct', 'schema_version', 'withdrawal_method', 'privacy_rights'] as const

/** Closed until its holder shows it: whose it is, and whatever tells of all decisions taken together. */
export const closedMembers = [
  'sub',
  'receipt_id',
  'storage_locations',
  'retention_period',
  'authority_party',
] as const

const said = (es: string, en: string) => [
  { locale: 'es', label: es },
  { locale: 'en', label: en },
]

/** The type metadata document, served at the type's own address: what a wallet shows, and what may be kept back. */
export function credentialTypeMetadata(issuer: string) {
  return {
    vct: credentialTypeOf(issuer),
    name: 'Consent receipt',
    description:
      'What a person decided about the use of their data, in the fields of ISO/IEC TS 27560, each decision shown or kept back on its own. A receipt tells what was decided and when; whether a use is allowed now, only its controller can say.',
    display: [
      {
        locale: 'es',
        name: 'Justificante de consentimiento',
        description: 'Lo que decidiste sobre tus datos. Enseña solo las decisiones que quieras.',
      },
      {
        locale: 'en',
        name: 'Consent receipt',
        description: 'What you decided about your data. Show only the decisions you wish.',
      },
    ],
    claims: [
      ...open.map((name) => ({ path: [name], sd: 'never', mandatory: true })),
      ...closedMembers.map((name) => ({ path: [name], sd: 'always' })),
      { path: ['decisions', null], sd: 'always', display: said('Decisión', 'Decision') },
      { path: ['decisions', null, 'wording'], display: said('Texto que se mostró', 'Text that was shown') },
      { path: ['decisions', null, 'event_time'], display: said('Cuándo', 'When') },
    ],
  } as const
}

/** JWT VC issuer metadata: the keys are those of all receipts, old ones included. */
export const credentialIssuerMetadata = (issuer: string, keysPath: string) => ({
  issuer,
  jwks_uri: `${issuer}${keysPath}`,
})
