import { period } from '../calendar.ts'
import { agesOf } from '../digital-consent-ages.ts'
import type { RulePack } from '../rule-pack.ts'

/**
 * Spain. E-mail and SMS advertising on consent, or towards own customers for similar products (LSSI 21.1, 21.2);
 * automatic calls on consent alone (LGTel 11/2022 art. 66.1(a)); human calls on consent or the presumption of Circular
 * AEPD 1/2023, while the relation is at most a year old; exclusion lists before anything that is not consent to this
 * controller (LOPDGDD 23.4). The two-year life of phone consents is a setting kept on: the final text of Ley 10/2025 is
 * to be confirmed by counsel.
 */
export const es: RulePack = {
  jurisdiction: 'ES',
  version: '2026-11-22',
  validFrom: Date.UTC(2018, 11, 7),
  digitalConsentAge: agesOf('ES'),
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
      phone_human: ['consent', 'soft_opt_in'],
      phone_auto: ['consent'],
      post: ['consent', 'legitimate_interest'],
    },
  },
  validity: { 'marketing.direct': { phone_human: period('P24M'), phone_auto: period('P24M') } },
  softOptInMaxAge: { email: period('P24M'), sms: period('P24M'), phone_human: period('P12M') },
  exclusionLists: ['robinson', 'stop_publicidad'],
  exclusionListsBlock: ['soft_opt_in', 'legitimate_interest'],
  honourListingsEarly: true,
  obligations: {
    phone_human: ['commercial_number_code', 'call_window', 'offer_objection', 'record_call'],
    phone_auto: ['commercial_number_code', 'call_window', 'offer_objection', 'record_call'],
  },
  sources: [
    {
      rule: 'digitalConsentAge',
      cites: 'LOPDGDD art. 7',
      forCounsel: 'A bill (121/000052) would raise it to 16.',
    },
    { rule: 'bases marketing.direct', cites: 'LSSI art. 21.1' },
    { rule: 'bases marketing.direct email', cites: 'LSSI art. 21.1, 21.2' },
    { rule: 'bases marketing.direct sms', cites: 'LSSI art. 21.1, 21.2' },
    { rule: 'bases marketing.direct phone_human', cites: 'LGTel 11/2022 art. 66.1(b), Circular AEPD 1/2023' },
    { rule: 'bases marketing.direct phone_auto', cites: 'LGTel 11/2022 art. 66.1(a)' },
    { rule: 'bases marketing.direct post', cites: 'GDPR Art. 6(1)(f), recital 47' },
    {
      rule: 'validity',
      cites: 'Ley 10/2025',
      forCounsel: 'The final text on renewing phone consents is to be confirmed.',
    },
    {
      rule: 'softOptInMaxAge',
      cites: 'LSSI art. 21.2, Circular AEPD 1/2023',
      forCounsel: '24 months for e-mail are policy; 12 for calls follow the circular.',
    },
    {
      rule: 'exclusionLists',
      cites: 'LOPDGDD art. 23.4',
      forCounsel: 'Whether the lists bind towards existing customers under LSSI 21.2; we honour them.',
    },
    { rule: 'obligations', cites: 'TRLGDCU art. 96.2, Orden TDF/149/2025' },
  ],
}
