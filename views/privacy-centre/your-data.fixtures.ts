import { daysBefore, fixturesOf } from '../fixture.ts'
import type { Language } from '../page-context.ts'
import { type YourDataModel, YourDataView } from './your-data.tsx'

const model = (language: Language): YourDataModel => {
  const es = language === 'es'
  const account = es ? 'Tu cuenta' : 'Your account'
  const orders = es ? 'Preparar y enviar tus pedidos' : 'Prepare and send your orders'
  return {
    topics: [
      {
        id: 'identity',
        title: 'topic.identity',
        values: [
          {
            id: 'given_name',
            label: 'attribute.given_name',
            value: 'Ana',
            source: 'declared',
            channel: 'web',
            at: daysBefore(120),
            purposes: [account, orders],
            recipients: ['Envíos Cierzo, S.L.'],
            keptUntil: 'yourData.whileAccount',
            editHref: '/privacy/your-data/given_name',
          },
          {
            id: 'loyalty_card',
            label: 'attribute.loyalty_card',
            value: '•••• 4821',
            source: 'issued',
            channel: 'store',
            at: daysBefore(90),
            purposes: [account],
            recipients: [],
            keptUntil: 'yourData.whileAccount',
          },
        ],
      },
      {
        id: 'contact',
        title: 'topic.contact',
        values: [
          {
            id: 'email',
            label: 'attribute.email',
            value: 'ana@ejemplo.com',
            source: 'declared',
            channel: 'web',
            at: daysBefore(120),
            purposes: [account, orders],
            recipients: ['Envíos Cierzo, S.L.'],
            keptUntil: 'yourData.whileAccount',
            editHref: '/privacy/your-data/email',
          },
        ],
      },
      {
        id: 'shopping',
        title: 'topic.shopping',
        values: [
          {
            id: 'preferred_store',
            label: 'attribute.preferred_store',
            value: 'Gran Vía (Madrid)',
            source: 'inferred',
            at: daysBefore(20),
            purposes: [es ? 'Sugerencias para ti' : 'Suggestions for you'],
            recipients: [],
            keptUntil: daysBefore(-345),
            correctionHref: '/privacy/your-data/preferred_store',
          },
        ],
      },
    ],
    downloadHref: '/privacy/your-data/download',
  }
}

export const yourDataFixtures = fixturesOf(YourDataView, {
  default: { modelIn: model },
  empty: { model: { topics: [] } },
  saved: { modelIn: model, page: { notice: { kind: 'success', key: 'flash.data-saved' } } },
})
