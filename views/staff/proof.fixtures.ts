import { exampleNotice } from '../example-purposes.ts'
import { exampleNow, fixturesOf } from '../fixture.ts'
import type { Language } from '../page-context.ts'
import { type ProofFields, type ProofModel, ProofView, type ProvenActModel } from './proof.tsx'

const blank: ProofFields = { receipt: '', email: '', purpose: '', contact_channel: '', day: '', reason: '' }
const asked: ProofFields = {
  ...blank,
  email: 'ana@ejemplo.com',
  purpose: 'marketing.direct',
  contact_channel: 'email',
  day: '2026-11-22',
  reason: 'Reclamación 2026-114',
}

const page = (language: Language, fields: ProofFields, found?: ProofModel['found']): ProofModel => ({
  fields,
  ledger: { at: exampleNow, faults: 0 },
  purposes: [
    { id: 'marketing.direct', title: language === 'es' ? 'Ofertas y novedades' : 'Offers and news' },
    { id: 'personalisation.onsite', title: language === 'es' ? 'Recomendaciones' : 'Recommendations' },
  ],
  contactChannels: ['email', 'sms', 'push', 'phone_human', 'post'],
  found,
})

const act = (language: Language): ProvenActModel => {
  const recordId = '0198b2c4-7a10-7c3e-9a52-3f0c6f2d9b11'
  const wording = exampleNotice(language).now
  return {
    recordId,
    receiptId: '0198b2c4-91aa-7d0e-8f6b-2b1f4f0a7e55',
    state: 'given',
    claimed: false,
    at: exampleNow,
    purpose: language === 'es' ? 'Ofertas y novedades' : 'Offers and news',
    contactChannel: 'email',
    wording,
    notice: {
      id: 'notice-marketing/2',
      language,
      hash: '9XBgMjpFGPw2Xdniuc5kRLiBJfVbOmJzF6PZCygrtDs',
    },
    channel: 'web',
    surface: 'privacy-centre',
    by: 'subject',
    assurance: 'passkey',
    control: 'unticked',
    network: '203.0.113.0/24, Firefox',
    place: { log: 'tienda-norte/consent/1', seq: 184467 },
    verdict: {
      outcome: 'genuine',
      signature: 'holds',
      checkpoint: 'holds',
      issuer: 'https://id.tienda-norte.example',
      issuedAt: exampleNow,
      selective: false,
      entries: [
        {
          recordId,
          state: 'given',
          eventState: 'https://w3id.org/dpv#ConsentGiven',
          claimed: false,
          at: exampleNow,
          wording,
          purpose: 'marketing.direct',
          brand: 'tienda-norte',
          contactChannel: 'email',
          words: 'holds',
          logged: 'holds',
          opened: 'holds',
        },
      ],
    },
  }
}

/** The same words, with nothing behind them but what another system says. */
const claim = (language: Language): ProvenActModel => {
  const { verdict, ...known } = act(language)
  const eventState = 'https://w3id.org/dpv#ConsentUnknown'
  return {
    ...known,
    claimed: true,
    by: 'system',
    assurance: 'none',
    control: 'none',
    verdict: {
      ...verdict,
      entries: verdict.entries.map((entry) => ({ ...entry, claimed: true, eventState })),
    },
  }
}

/** Told by a kiosk whose clock is behind, two hours after it happened. */
const atKiosk = (language: Language): ProvenActModel => ({
  ...act(language),
  channel: 'kiosk',
  surface: 'club-screen',
  touchpoint: 'gran-via-1',
  at: new Date(exampleNow.getTime() - 7_200_000),
  receivedAt: exampleNow,
  told: [
    { name: 'software_version', value: '4.2.0' },
    { name: 'counter', value: '1187' },
    { name: 'device_key', value: 'verified' },
    { name: 'operator_present', value: 'false' },
    { name: 'told_at', value: '2026-11-22T10:00:00Z' },
    { name: 'clock_skew_seconds', value: '-600' },
  ],
})

export const staffProofFixtures = fixturesOf(ProofView, {
  default: { modelIn: (language) => page(language, blank) },
  'a ledger that was never proven': {
    modelIn: (language) => ({ ...page(language, blank), ledger: undefined }),
  },
  'a ledger with faults': {
    modelIn: (language) => ({ ...page(language, blank), ledger: { at: exampleNow, faults: 3 } }),
  },
  'an act at a kiosk, told later': {
    modelIn: (language) =>
      page(language, asked, {
        stoodBefore: false,
        stood: [{ brand: '*', contactChannel: 'email', as: 'yes' }],
        acts: [atKiosk(language)],
      }),
  },
  'one act, proven': {
    modelIn: (language) =>
      page(language, asked, {
        stoodBefore: false,
        stood: [{ brand: '*', contactChannel: 'email', as: 'yes' }],
        acts: [act(language)],
      }),
  },
  'a yes that was only claimed': {
    modelIn: (language) =>
      page(language, asked, {
        stoodBefore: false,
        stood: [{ brand: '*', contactChannel: 'email', as: 'nothing' }],
        acts: [claim(language)],
      }),
  },
  'stood from before': {
    modelIn: (language) =>
      page(language, asked, {
        stoodBefore: true,
        stood: [
          { brand: '*', contactChannel: 'email', as: 'objected' },
          { brand: 'norte-joven', contactChannel: 'email', as: 'no' },
        ],
        acts: [act(language)],
      }),
  },
  'more than one page': {
    modelIn: (language) =>
      page(language, asked, {
        stoodBefore: true,
        stood: [{ brand: '*', contactChannel: 'email', as: 'yes' }],
        repeated: 31,
        next: act(language).recordId,
        acts: [act(language)],
      }),
  },
  'erased since': {
    modelIn: (language) => page(language, asked, { stoodBefore: false, stood: [], erased: 2, acts: [] }),
  },
  'nothing on record': {
    modelIn: (language) => page(language, asked, { stoodBefore: false, stood: [], acts: [] }),
  },
  'without a reason': {
    modelIn: (language) => page(language, { ...asked, reason: '' }),
    page: { fieldErrors: [{ field: 'reason', code: 'reason-missing' }] },
  },
})
