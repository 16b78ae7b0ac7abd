import { period } from '../calendar.ts'
import { agesOf } from '../digital-consent-ages.ts'
import type { RulePack } from '../rule-pack.ts'

/**
 * Italy. Electronic and automated advertising on consent (Codice privacy art. 130(1), (2)); the exception for own customers
 * is for e-mail addresses alone (130(4)). Human calls and post could rest on the register of oppositions (130(3-bis)), but
 * its answers serve for fifteen days and ours for thirty, so calls are left to consent: not knowing is never milder.
 */
export const it: RulePack = {
  jurisdiction: 'IT',
  version: '2026-11-22',
  validFrom: Date.UTC(2018, 8, 19),
  digitalConsentAge: agesOf('IT'),
  unknownAge: 'adult',
  doubleOptIn: [],
  confirmWithin: period('PT72H'),
  reaskCoolOff: period('P6M'),
  bases: {
    'marketing.direct': {
      email: ['consent', 'soft_opt_in'],
      sms: ['consent'],
      push: ['consent'],
      in_app: ['consent'],
      messaging: ['consent'],
      phone_human: ['consent'],
      phone_auto: ['consent'],
      post: ['consent'],
    },
  },
  validity: {},
  softOptInMaxAge: { email: period('P24M') },
  exclusionLists: [],
  exclusionListsBlock: [],
  honourListingsEarly: true,
  obligations: {
    phone_human: ['offer_objection', 'name_sender'],
    phone_auto: ['offer_objection', 'name_sender'],
  },
  sources: [
    { rule: 'digitalConsentAge', cites: 'Codice privacy art. 2-quinquies' },
    { rule: 'bases marketing.direct', cites: 'Codice privacy art. 130(1), (2)' },
    { rule: 'bases marketing.direct email', cites: 'Codice privacy art. 130(1), (2), (4)' },
    {
      rule: 'bases marketing.direct phone_human',
      cites: 'Codice privacy art. 130(3), (3-bis), Legge 5/2018 art. 1',
      forCounsel:
        'Enrolling in the register revokes earlier consents, outside of contracts in course: to be connected.',
    },
    {
      rule: 'bases marketing.direct post',
      cites: 'Codice privacy art. 130(3-bis), DPR 26/2022',
      forCounsel: 'Open to whoever is not enrolled; consent alone until the register is connected.',
    },
    {
      rule: 'softOptInMaxAge',
      cites: 'Codice privacy art. 130(4)',
      forCounsel:
        'The code sets no age; 24 months are policy, after the measures of the Garante on retention.',
    },
    { rule: 'obligations', cites: 'Codice privacy art. 130(5)' },
  ],
}
