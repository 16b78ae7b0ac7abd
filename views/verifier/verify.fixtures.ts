import { exampleNotice } from '../example-purposes.ts'
import { exampleNow, fixturesOf } from '../fixture.ts'
import type { Language } from '../page-context.ts'
import type { VerdictModel } from './verdict.tsx'
import { type VerifyModel, VerifyView } from './verify.tsx'

const empty: VerifyModel = {
  keys: '{"keys":[]}',
  keysHref: '/.well-known/placet-receipt-keys',
  offlineHref: '/verify/placet-verifier.html',
}

const verdict = (language: Language): VerdictModel => ({
  outcome: 'genuine',
  signature: 'holds',
  checkpoint: 'holds',
  issuer: 'https://id.tienda-norte.example',
  issuedAt: exampleNow,
  selective: false,
  entries: [
    {
      recordId: '0198b2c4-7a10-7c3e-9a52-3f0c6f2d9b11',
      state: 'given',
      eventState: 'https://w3id.org/dpv#ConsentGiven',
      claimed: false,
      at: exampleNow,
      wording: exampleNotice(language).now,
      purpose: 'marketing.direct',
      brand: 'tienda-norte',
      contactChannel: 'email',
      words: 'holds',
      logged: 'holds',
      opened: 'absent',
    },
  ],
})

export const verifyFixtures = fixturesOf(VerifyView, {
  default: { model: empty },
  'checked without script': {
    modelIn: (language): VerifyModel => ({
      ...empty,
      receipt: 'eyJhbGciOiJFUzI1NiJ9.e30.AA',
      verdict: verdict(language),
    }),
  },
  'one decision of several': {
    modelIn: (language): VerifyModel => {
      const good = verdict(language)
      const entries = good.entries.map((entry) => ({ ...entry, logged: 'absent' as const }))
      return { ...empty, verdict: { ...good, checkpoint: 'absent', selective: true, entries } }
    },
  },
  'a yes that was only claimed': {
    modelIn: (language): VerifyModel => {
      const good = verdict(language)
      const eventState = 'https://w3id.org/dpv#ConsentUnknown'
      const entries = good.entries.map((entry) => ({ ...entry, claimed: true, eventState }))
      return { ...empty, verdict: { ...good, entries } }
    },
  },
  'an objection': {
    modelIn: (language): VerifyModel => {
      const good = verdict(language)
      const entries = good.entries.map((entry) => ({
        ...entry,
        state: 'objected',
        eventState: 'https://w3id.org/dpv/legal/eu/gdpr#A21',
        brand: '*',
        contactChannel: '*',
        wording:
          language === 'es' ? 'Te has opuesto a toda la publicidad' : 'You objected to all advertising',
        words: 'absent' as const,
      }))
      return { ...empty, verdict: { ...good, entries } }
    },
  },
  altered: {
    modelIn: (language): VerifyModel => {
      const good = verdict(language)
      const entries = good.entries.map((entry) => ({
        ...entry,
        logged: 'fails' as const,
        opened: 'fails' as const,
      }))
      return { ...empty, verdict: { ...good, outcome: 'broken', signature: 'fails', entries } }
    },
  },
  'no receipt': {
    modelIn: (language): VerifyModel => ({
      ...empty,
      verdict: { ...verdict(language), outcome: 'no-receipt', entries: [] },
    }),
  },
})
