import { period } from '../calendar.ts'
import { agesOf } from '../digital-consent-ages.ts'
import type { RulePack } from '../rule-pack.ts'

const callsNeedConsent = Date.UTC(2026, 7, 11)

const shared = {
  jurisdiction: 'FR',
  digitalConsentAge: agesOf('FR'),
  unknownAge: 'adult',
  doubleOptIn: [],
  confirmWithin: period('PT72H'),
  reaskCoolOff: period('P6M'),
  validity: {},
  softOptInMaxAge: { email: period('P24M'), sms: period('P24M') },
  honourListingsEarly: true,
  obligations: {
    phone_human: ['call_window', 'offer_objection', 'name_sender'],
    phone_auto: ['call_window', 'offer_objection', 'name_sender'],
  },
} as const satisfies Partial<RulePack>

const written = {
  email: ['consent', 'soft_opt_in'],
  sms: ['consent', 'soft_opt_in'],
  push: ['consent'],
  in_app: ['consent'],
  messaging: ['consent'],
  phone_auto: ['consent'],
  post: ['consent', 'legitimate_interest'],
} as const

const sources = [
  { rule: 'digitalConsentAge', cites: 'Loi Informatique et Libertés art. 45, GDPR Art. 8(1)' },
  { rule: 'bases marketing.direct', cites: 'CPCE art. L34-5' },
  { rule: 'bases marketing.direct post', cites: 'GDPR Art. 6(1)(f), recital 47' },
  {
    rule: 'softOptInMaxAge',
    cites: 'CPCE art. L34-5',
    forCounsel: 'The code sets no age. CNIL speaks of three years without contact; 24 months are our policy.',
  },
  {
    rule: 'obligations',
    cites: 'Code de la consommation art. L223-1, L221-16',
    forCounsel: 'Days and hours of the decree.',
  },
] as const

/** Until 10 August 2026: human calls were open to whoever was not on Bloctel, which has to be consulted. */
const untilBloctelEnded: RulePack = {
  ...shared,
  version: '2018-05-25',
  validFrom: Date.UTC(2018, 4, 25),
  validTo: callsNeedConsent,
  bases: { 'marketing.direct': { ...written, phone_human: ['consent', 'legitimate_interest'] } },
  exclusionLists: ['bloctel'],
  exclusionListsBlock: ['legitimate_interest'],
  sources: [
    ...sources,
    { rule: 'bases marketing.direct phone_human', cites: 'Code de la consommation art. L223-1, former text' },
    {
      rule: 'exclusionLists',
      cites: 'Code de la consommation art. L223-1, former text',
      forCounsel:
        'The list was of telephone numbers alone; we ask for a fresh consultation before post as well.',
    },
  ],
}

/**
 * From 11 August 2026: human calls need a prior consent too. The exception for a contract being carried out is left out
 * on purpose: a call about an order is no advertising, and an offer made on the way is.
 */
const sinceCallsNeedConsent: RulePack = {
  ...shared,
  version: '2026-08-11',
  validFrom: callsNeedConsent,
  bases: { 'marketing.direct': { ...written, phone_human: ['consent'] } },
  exclusionLists: [],
  exclusionListsBlock: [],
  sources: [
    ...sources,
    {
      rule: 'bases marketing.direct phone_human',
      cites: 'Code de la consommation art. L223-1, as changed by Loi 2025-594',
      forCounsel: 'Text in force and scope of the exception for contracts in course.',
    },
  ],
}

/**
 * France. Electronic advertising on consent, or towards own customers for similar products (CPCE L34-5). Below 15, child
 * and guardian consent together. The law on calls changed on 11 August 2026, hence two dated versions.
 */
export const fr: readonly RulePack[] = [untilBloctelEnded, sinceCallsNeedConsent]
