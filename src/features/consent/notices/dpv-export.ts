import type { Localised, PublishedNotice, PublishedRegistry, PurposeVersion } from '../published.ts'
import type { LegalBasis } from '../purpose.ts'

const dpv = 'https://w3id.org/dpv#'
const gdpr = 'https://w3id.org/dpv/legal/eu/gdpr#'
const pd = 'https://w3id.org/dpv/pd#'

const basisOf: Readonly<Record<LegalBasis, string>> = {
  consent: `${gdpr}A6-1-a`,
  contract: `${gdpr}A6-1-b`,
  legal_obligation: `${gdpr}A6-1-c`,
  legitimate_interest: `${gdpr}A6-1-f`,
  // DPV has no term for ePrivacy Art. 13(2); this one is defined in the document's own graph.
  soft_opt_in: 'urn:placet:legal-basis:eprivacy-art-13-2',
}

/** Claims whose meaning DPV's extension for personal data names; everything else is personal data and no more. */
const categoryOf: Readonly<Record<string, string>> = {
  email: `${pd}EmailAddress`,
  phone_number: `${pd}TelephoneNumber`,
  given_name: `${pd}Name`,
  family_name: `${pd}Name`,
  name: `${pd}Name`,
  birthdate: `${pd}BirthDate`,
  gender: `${pd}Gender`,
  address: `${pd}PhysicalAddress`,
  locale: `${pd}Language`,
}

const roleOf = {
  internal: 'Organisation',
  custodian: 'Organisation',
  processor: 'DataProcessor',
  controller: 'ThirdParty',
} as const

const iri = (term: string): string => (term.startsWith('dpv:') ? `${dpv}${term.slice('dpv:'.length)}` : term)
const link = (id: string) => ({ '@id': id })
const said = (words: Localised) =>
  Object.entries(words).map(([language, value]) => ({ '@language': language, '@value': value }))

const purposeId = ({ purpose, version }: PurposeVersion) => `urn:placet:purpose:${purpose}:${version}`
const noticeId = ({ id, version, language, surface }: PublishedNotice) =>
  `urn:placet:notice:${id}:${version}:${language}:${surface}`
const sourceNode = (source: string) => ({ '@type': ['dpv:DataSource'], 'dct:identifier': [source] })
const attributeId = (id: string) => `urn:placet:attribute:${id}`
const recipientId = (id: string) => `urn:placet:recipient:${id}`
const controllerId = (id: string) => `urn:placet:controller:${id}`

/** What the words of JSON-LD stand for. Every key below is one of these, so that nothing is dropped on expansion. */
const context = {
  dct: 'http://purl.org/dc/terms/',
  skos: 'http://www.w3.org/2004/02/skos/core#',
  dpv,
  'eu-gdpr': gdpr,
  pd,
} as const

/**
 * The registry of purposes in the words of the Data Privacy Vocabulary 2, as JSON-LD: what is done, on what basis, with which
 * data, who receives it, and the notices that tell of it. It holds what is in force, and nothing about a person. Lists are
 * lists throughout; the vocabulary's own guide repeats keys, which is no JSON.
 */
export function dpvOfRegistry(registry: PublishedRegistry): Readonly<Record<string, unknown>> {
  const versions = registry.order.flatMap((id) => registry.active.get(id) ?? [])
  const used = (pick: (version: PurposeVersion) => readonly string[]) => [...new Set(versions.flatMap(pick))]
  return {
    '@context': context,
    '@graph': [
      ...[...registry.controllers.values()].map((controller) => ({
        '@id': controllerId(controller.id),
        '@type': ['dpv:DataController'],
        'dpv:hasName': [controller.name],
        'dpv:hasAddress': [controller.address],
        'dpv:hasContact': [controller.contact],
      })),
      ...used(({ recipients }) => recipients).map((id) => recipientNode(registry, id)),
      ...used(({ attributes }) => attributes).map((id) => attributeNode(registry, id)),
      ...versions.flatMap((version) => processNodes(registry, version)),
      {
        '@id': basisOf.soft_opt_in,
        '@type': ['dpv:LegalBasis'],
        'skos:prefLabel': said({ en: 'Existing customer relation under Directive 2002/58/EC Art. 13(2)' }),
      },
    ],
  }
}

function recipientNode(registry: PublishedRegistry, id: string) {
  const named = registry.systemNames.get(id)
  const role = registry.systems.get(id)?.role ?? 'controller'
  return {
    '@id': recipientId(id),
    '@type': ['dpv:Recipient', `dpv:${roleOf[role]}`],
    'dpv:hasName': [named?.name ?? id],
    'dpv:hasLocation': (named?.countries ?? []).map((country) => link(`https://w3id.org/dpv/loc#${country}`)),
  }
}

function attributeNode(registry: PublishedRegistry, id: string) {
  const attribute = registry.attributes.get(id)
  const special = registry.specialAttributes.has(id) ? ['dpv:SpecialCategoryPersonalData'] : []
  return {
    '@id': attributeId(id),
    '@type': ['dpv:PersonalData', ...special],
    'skos:broader': [link(categoryOf[attribute?.claim ?? ''] ?? `${dpv}PersonalData`)],
    'skos:prefLabel': said(attribute?.labels ?? { en: id }),
  }
}

function processNodes(registry: PublishedRegistry, version: PurposeVersion) {
  const notices = registry.notices.filter(
    // An imported text is somebody else's wording of the purpose; it proves an old yes and describes nothing here.
    ({ purpose, purposeVersion, surface }) =>
      purpose === version.purpose && purposeVersion === version.version && surface !== 'imported',
  )
  const titles = Object.fromEntries(notices.map(({ language, title }) => [language, title]))
  return [
    {
      '@id': purposeId(version),
      '@type': ['dpv:Purpose'],
      'dct:identifier': [version.purpose],
      'dct:hasVersion': [String(version.version)],
      'skos:prefLabel': said(titles),
      'skos:broader': [link(iri(version.dpv))],
    },
    {
      '@id': `${purposeId(version)}:process`,
      '@type': ['dpv:Process'],
      'dpv:hasPurpose': [link(purposeId(version))],
      'dpv:hasLegalBasis': version.bases.map((basis) => link(basisOf[basis])),
      'dpv:hasPersonalData': version.attributes.map((id) => link(attributeId(id))),
      ...(version.sources === undefined ? {} : { 'dpv:hasDataSource': version.sources.map(sourceNode) }),
      'dpv:hasDataController': [...registry.controllers.keys()].map((id) => link(controllerId(id))),
      'dpv:hasDataSubject': [link(`${dpv}Customer`)],
      'dpv:hasRecipient': version.recipients.map((id) => link(recipientId(id))),
      'dpv:hasStorageCondition': [
        { '@type': ['dpv:StorageCondition'], 'dct:description': said(version.retention) },
      ],
      'dpv:hasNotice': notices.map((notice) => link(noticeId(notice))),
    },
    ...notices.map((notice) => ({
      '@id': noticeId(notice),
      '@type': ['dpv:PrivacyNotice'],
      'dct:title': said({ [notice.language]: notice.title }),
      'dct:language': [notice.language],
      'dct:issued': [new Date(notice.publishedAt).toISOString()],
      'dct:identifier': [notice.textHash],
    })),
  ]
}
