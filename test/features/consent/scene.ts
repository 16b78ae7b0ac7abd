import { period } from '../../../src/features/consent/calendar.ts'
import type { ConsentEvent } from '../../../src/features/consent/consent-event.ts'
import type { Query } from '../../../src/features/consent/decision/matter.ts'
import type { Facts, SubjectFacts } from '../../../src/features/consent/facts.ts'
import type { Purpose } from '../../../src/features/consent/purpose.ts'
import type { RecipientSystem, Registry } from '../../../src/features/consent/registry.ts'
import { de } from '../../../src/features/consent/rule-packs/de.ts'
import { es } from '../../../src/features/consent/rule-packs/es.ts'
import { shippedRulePacks } from '../../../src/features/consent/rule-packs/shipped.ts'
import { strictest } from '../../../src/features/consent/rule-packs/strictest.ts'

/** The scene of the consent tests: Moda Ejemplo, a retailer in Spain, its systems, and one customer, Ana. */

export const at = (iso: string): number => {
  const instant = Date.parse(iso)
  if (Number.isNaN(instant)) throw new Error(`not an instant: ${iso}`)
  return instant
}

export const now = at('2026-11-22T12:00:00Z')
export { de, es, strictest }

const purposes: readonly Purpose[] = [
  {
    id: 'marketing.direct',
    version: 2,
    class: 'marketing',
    bases: ['consent'],
    attributes: ['email', 'phone', 'address', 'first_name'],
    assessment: { approved: true, reviewBy: at('2027-06-30T00:00:00Z'), reference: 'lia-2026-03' },
    dpv: 'dpv:DirectMarketing',
    retired: false,
  },
  {
    id: 'marketing.audience_share',
    class: 'marketing',
    bases: ['consent'],
    attributes: ['email'],
    retired: false,
  },
  { id: 'marketing.old_panel', class: 'marketing', bases: ['consent'], attributes: ['email'], retired: true },
  {
    id: 'order.fulfilment',
    class: 'service',
    bases: ['contract'],
    attributes: ['name', 'address'],
    retired: false,
  },
  {
    id: 'fraud.prevention',
    class: 'security',
    bases: ['legitimate_interest'],
    attributes: ['device_id'],
    assessment: { approved: true, reviewBy: at('2027-06-30T00:00:00Z') },
    retired: false,
  },
  {
    id: 'security.notice',
    class: 'service',
    bases: ['legal_obligation'],
    attributes: ['email'],
    restrictionExempt: 'important_public_interest',
    legalReference: 'GDPR Art. 34',
    retired: false,
  },
  {
    id: 'authority.disclosure',
    class: 'authority',
    bases: ['legal_obligation'],
    attributes: ['name'],
    restrictionExempt: 'legal_claims',
    retired: false,
  },
  {
    id: 'dsr.response',
    class: 'dsr',
    bases: ['legal_obligation'],
    attributes: ['name'],
    restrictionExempt: 'rights_of_subject_request',
    retired: false,
  },
  {
    id: 'wellness.programme',
    class: 'service',
    bases: ['consent'],
    attributes: ['allergies'],
    retired: false,
  },
  {
    id: 'wellness.delivery',
    class: 'service',
    bases: ['contract'],
    attributes: ['allergies'],
    retired: false,
  },
  { id: 'survey.planned', class: 'service', bases: [], attributes: ['email'], retired: false },
]

const processor = (id: string, more: Partial<RecipientSystem> = {}): RecipientSystem => ({
  id,
  role: 'processor',
  purposes: ['marketing.direct', 'security.notice'],
  processorContract: { reference: `dpa-${id}` },
  thirdCountry: false,
  ...more,
})

const systems: readonly RecipientSystem[] = [
  processor('esp'),
  processor('esp-us', {
    thirdCountry: true,
    transferTool: { code: 'A45-3', validUntil: at('2027-01-01T00:00:00Z') },
  }),
  processor('esp-nowhere', { thirdCountry: true }),
  processor('esp-handshake', { processorContract: undefined }),
  processor('esp-lapsing', {
    processorContract: { reference: 'dpa-9', validUntil: at('2026-12-01T00:00:00Z') },
  }),
  {
    id: 'adnet',
    role: 'controller',
    legalEntity: 'AdNet GmbH',
    purposes: ['marketing.*'],
    thirdCountry: false,
  },
  {
    id: 'house',
    role: 'internal',
    purposes: [
      'order.fulfilment',
      'fraud.prevention',
      'authority.disclosure',
      'dsr.response',
      'wellness.*',
      'survey.planned',
      'marketing.old_panel',
    ],
    thirdCountry: false,
  },
]

export const registry: Registry = {
  systems: new Map(systems.map((system) => [system.id, system])),
  purposes: new Map(purposes.map((purpose) => [purpose.id, purpose])),
  packs: shippedRulePacks,
  strictest,
  specialAttributes: new Set(['allergies']),
  productFamilies: new Map([
    ['clothing', ['fashion', 'footwear']],
    ['home', ['home', 'kitchen']],
  ]),
}

/** The registry with one purpose changed, as a new version of it would. */
export const withPurpose = (id: string, change: Partial<Purpose>): Registry => {
  const before = registry.purposes.get(id)
  if (before === undefined) throw new Error(`no purpose ${id}`)
  return { ...registry, purposes: new Map([...registry.purposes, [id, { ...before, ...change }]]) }
}

/** "May the e-mail provider write to this person about an offer?" */
export const newsletter: Query = {
  system: 'esp',
  purpose: 'marketing.direct',
  contactChannel: 'email',
  attribute: 'email',
  controller: 'moda',
  brand: 'moda-joven',
  campaignCategory: 'fashion',
}

export const query = (change: Partial<Query> = {}): Query => ({ ...newsletter, ...change })

const anaIs: SubjectFacts = {
  state: 'active',
  jurisdiction: 'ES',
  birthDate: { year: 1990, month: 5, day: 1 },
  contracts: [],
  purchases: [],
  restrictions: [],
}

/** Ana, an adult in Spain of whom nothing is recorded, changed as the test says. */
export const ana = (
  change: Partial<SubjectFacts> = {},
  events: readonly ConsentEvent[] = [],
  more: Partial<Facts> = {},
): Facts => ({
  subject: { ...anaIs, ...change },
  events,
  suppression: { internal: [], listings: [], checkedAt: at('2026-11-10T00:00:00Z') },
  ...more,
})

let serial = 0

/** An act on the newsletter, for all brands, unless the test says otherwise. */
export const act = (
  type: ConsentEvent['type'],
  day: string,
  change: Partial<ConsentEvent> = {},
): ConsentEvent => ({
  id: `${type}-${++serial}`,
  type,
  occurredAt: at(day.includes('T') ? day : `${day}T10:00:00Z`),
  controller: 'moda',
  brand: '*',
  purpose: 'marketing.direct',
  contactChannel: 'email',
  by: 'subject',
  consentType: 'expressed',
  purposeVersion: 2,
  attributes: ['email', 'first_name'],
  ...change,
})

export const bought = (day: string, change: Partial<Facts['subject']['purchases'][number]> = {}) => ({
  id: `sale-${day}`,
  controller: 'moda',
  at: at(`${day}T10:00:00Z`),
  category: 'fashion',
  optOutOffered: true,
  ...change,
})

export const months = (count: number) => period(`P${count}M`)
