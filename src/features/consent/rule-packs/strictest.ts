import { period } from '../calendar.ts'
import { strictestDigitalConsentAge } from '../digital-consent-ages.ts'
import type { RulePack } from '../rule-pack.ts'

/**
 * For a jurisdiction nobody wrote a pack for, and for people whose jurisdiction is unknown: the GDPR's own age, every
 * electronic yes confirmed, and marketing on consent only. Not knowing the law never makes it milder.
 */
export const strictest: RulePack = {
  jurisdiction: '*',
  version: '2026-11-22',
  validFrom: Date.UTC(2018, 4, 25),
  digitalConsentAge: [{ age: strictestDigitalConsentAge, validFrom: Date.UTC(2018, 4, 25) }],
  unknownAge: 'adult',
  doubleOptIn: ['email', 'sms'],
  confirmWithin: period('PT72H'),
  reaskCoolOff: period('P6M'),
  bases: {},
  validity: {},
  softOptInMaxAge: {},
  exclusionLists: [],
  exclusionListsBlock: [],
  honourListingsEarly: true,
  obligations: {},
  sources: [
    { rule: 'digitalConsentAge', cites: 'GDPR Art. 8(1)' },
    { rule: 'bases', cites: 'ePrivacy Directive Art. 13(1), GDPR Art. 6(1)(a)' },
    {
      rule: 'doubleOptIn',
      cites: 'GDPR Art. 7(1)',
      forCounsel: 'A policy: where no pack was written, we want the most proof.',
    },
  ],
}
