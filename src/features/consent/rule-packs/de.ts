import { period } from '../calendar.ts'
import { agesOf } from '../digital-consent-ages.ts'
import type { RulePack } from '../rule-pack.ts'

/**
 * Germany. Phone and e-mail on consent (UWG § 7(2)), e-mail towards own customers by § 7(3); the courts accept double
 * opt-in as proof, and each contact point is confirmed by its own channel (BGH I ZR 164/09). No derogation from 16.
 */
export const de: RulePack = {
  jurisdiction: 'DE',
  version: '2026-11-22',
  validFrom: Date.UTC(2018, 4, 25),
  digitalConsentAge: agesOf('DE'),
  unknownAge: 'adult',
  doubleOptIn: ['email', 'sms'],
  confirmWithin: period('PT72H'),
  reaskCoolOff: period('P6M'),
  bases: {
    'marketing.direct': {
      email: ['consent', 'soft_opt_in'],
      sms: ['consent', 'soft_opt_in'],
      push: ['consent'],
      in_app: ['consent'],
      messaging: ['consent'],
      phone_human: ['consent'],
      phone_auto: ['consent'],
      post: ['consent', 'legitimate_interest'],
    },
  },
  validity: {},
  softOptInMaxAge: { email: period('P24M'), sms: period('P24M') },
  exclusionLists: [],
  exclusionListsBlock: [],
  honourListingsEarly: true,
  obligations: {},
  sources: [
    { rule: 'digitalConsentAge', cites: 'GDPR Art. 8(1), no derogation' },
    { rule: 'bases marketing.direct', cites: 'UWG § 7(1), (2)' },
    { rule: 'bases marketing.direct email', cites: 'UWG § 7(2) no. 2, § 7(3)' },
    { rule: 'bases marketing.direct phone_human', cites: 'UWG § 7(2) no. 1, § 7a' },
    { rule: 'bases marketing.direct post', cites: 'GDPR Art. 6(1)(f), recital 47' },
    {
      rule: 'doubleOptIn',
      cites: 'BGH I ZR 164/09',
      forCounsel: 'Accepted as proof by the courts; no statute asks for it.',
    },
    {
      rule: 'softOptInMaxAge',
      cites: 'UWG § 7(3)',
      forCounsel: 'The statute sets no age; 24 months are policy.',
    },
  ],
}
