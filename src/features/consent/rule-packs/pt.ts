import { period } from '../calendar.ts'
import { agesOf } from '../digital-consent-ages.ts'
import type { RulePack } from '../rule-pack.ts'

/**
 * Portugal. Electronic and automated advertising on prior express consent, or towards own customers for like products on
 * the electronic contact data they gave at the sale (Lei 41/2004 art. 13-A). Human calls on consent: the stricter reading.
 */
export const pt: RulePack = {
  jurisdiction: 'PT',
  version: '2026-11-22',
  validFrom: Date.UTC(2019, 7, 9),
  digitalConsentAge: agesOf('PT'),
  unknownAge: 'adult',
  doubleOptIn: [],
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
  obligations: {
    phone_human: ['offer_objection', 'name_sender'],
    phone_auto: ['offer_objection', 'name_sender'],
  },
  sources: [
    { rule: 'digitalConsentAge', cites: 'Lei 58/2019 art. 16' },
    { rule: 'bases marketing.direct', cites: 'Lei 41/2004 art. 13-A(1)' },
    { rule: 'bases marketing.direct email', cites: 'Lei 41/2004 art. 13-A(1), (3)' },
    { rule: 'bases marketing.direct sms', cites: 'Lei 41/2004 art. 13-A(1), (3)' },
    {
      rule: 'bases marketing.direct phone_human',
      cites: 'Lei 41/2004 art. 13-A, Lei 6/99',
      forCounsel:
        'Whether human calls may rest on legitimate interest (CNPD Diretriz 2022/1); consent alone meanwhile.',
    },
    {
      rule: 'bases marketing.direct post',
      cites: 'GDPR Art. 6(1)(f), Lei 6/99',
      forCounsel: 'The refusal lists that the law on addressed advertising knows.',
    },
    {
      rule: 'softOptInMaxAge',
      cites: 'Lei 41/2004 art. 13-A(3)',
      forCounsel: 'The law sets no age; 24 months are policy.',
    },
    { rule: 'obligations', cites: 'Lei 41/2004 art. 13-A(4), 13-B' },
  ],
}
