import { exampleNotice } from '../example-purposes.ts'
import { daysBefore, fixturesOf } from '../fixture.ts'
import type { Language } from '../page-context.ts'
import { type HistoryEntry, type HistoryKind, type HistoryModel, HistoryView } from './history.tsx'

const entries = (language: Language): HistoryEntry[] => {
  const es = language === 'es'
  const offers = es ? 'ofertas y novedades' : 'offers and news'
  const { now, before } = exampleNotice(language)
  return [
    {
      id: 'e4',
      kind: 'withdrawn',
      at: daysBefore(3),
      purpose: offers,
      contactChannel: 'sms',
      channel: 'web',
      noticeVersion: '2.1.0',
      receiptHref: '/privacy/receipts/e4',
      receiptDownloadHref: '/privacy/receipts/e4.jws',
    },
    {
      id: 'e3',
      kind: 'refused',
      at: daysBefore(40),
      purpose: es ? 'sugerencias para ti' : 'suggestions for you',
      contactChannel: 'none',
      channel: 'kiosk',
      touchpoint: es ? 'Quiosco 3, Gran Vía (Madrid)' : 'Kiosk 3, Gran Vía (Madrid)',
      noticeVersion: '2.1.0',
      receiptHref: '/privacy/receipts/e3',
    },
    {
      id: 'e2',
      kind: 'given',
      at: daysBefore(90),
      purpose: offers,
      contactChannel: 'sms',
      channel: 'call-centre',
      recordedBy: es ? 'Bruno, de atención al cliente' : 'Bruno, from customer service',
      noticeVersion: '1.4.0',
      changedSince: { before, after: now, versions: { before: '1.4.0', after: '2.1.0' } },
      receiptHref: '/privacy/receipts/e2',
      receiptDownloadHref: '/privacy/receipts/e2.jws',
    },
  ]
}

const everyKind: readonly HistoryKind[] = [
  'given',
  'claimed',
  'noted',
  'refused',
  'withdrawn',
  'deferred',
  'requested',
  'confirmed',
  'invalidated',
  'revoked',
  'objection_made',
  'objection_overridden',
  'restriction_set',
  'restriction_lifted',
  'notice_shown',
]

export const historyFixtures = fixturesOf(HistoryView, {
  default: {
    modelIn: (language): HistoryModel => ({
      entries: entries(language),
      olderHref: '?before=e2',
      changesHref: '/privacy/changes',
    }),
  },
  'a yes that was only claimed': {
    modelIn: (language): HistoryModel => ({
      entries: entries(language)
        .slice(2)
        .map((entry) => ({ ...entry, kind: 'claimed' })),
    }),
  },
  'a yes that was noted in a call': {
    modelIn: (language): HistoryModel => ({
      entries: [
        {
          id: 'noted',
          kind: 'noted',
          at: daysBefore(1),
          purpose: language === 'es' ? 'ofertas y novedades' : 'offers and news',
          contactChannel: 'sms',
          channel: 'call-centre',
          touchpoint: language === 'es' ? 'Mesa 4, Centro de atención' : 'Desk 4, Customer service',
          waits: true,
          noticeVersion: '2.1.0',
        },
      ],
    }),
  },
  'a guardian answered': {
    modelIn: (language): HistoryModel => ({
      entries: (['withdrawn', 'given'] as const).map((kind, months) => ({
        id: kind,
        kind,
        at: daysBefore(30 * months),
        purpose: language === 'es' ? 'ofertas y novedades' : 'offers and news',
        contactChannel: 'email',
        channel: 'web',
        by: 'guardian',
        noticeVersion: '2.1.0',
      })),
    }),
  },
  'an objection was weighed': {
    modelIn: (language): HistoryModel => ({
      entries: [
        {
          id: 'override',
          kind: 'objection_overridden',
          at: daysBefore(2),
          purpose: language === 'es' ? 'Evitar fraudes' : 'Prevent fraud',
          contactChannel: 'none',
          channel: 'web',
          recordedBy: 'Tienda Norte',
          grounds:
            language === 'es'
              ? 'Hay dos cargos devueltos con tu tarjeta y una investigación abierta. Sin este control no podemos protegerte.'
              : 'Two charges on your card were returned and an investigation is open. Without this check we cannot protect you.',
        },
      ],
    }),
  },
  empty: { model: { entries: [] } },
  'every kind': {
    modelIn: (language): HistoryModel => ({
      entries: everyKind.map((kind, days) => ({
        id: kind,
        kind,
        at: daysBefore(days),
        purpose: language === 'es' ? 'ofertas y novedades' : 'offers and news',
        contactChannel: 'email',
        channel: 'app',
      })),
    }),
  },
})
