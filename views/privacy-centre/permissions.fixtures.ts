import { examplePurposes } from '../example-purposes.ts'
import { fixturesOf } from '../fixture.ts'
import type { Language } from '../page-context.ts'
import { type PermissionsModel, PermissionsView } from './permissions.tsx'

const model = (language: Language): PermissionsModel => {
  const es = language === 'es'
  return {
    purposes: examplePurposes(language, {
      'marketing.direct.email': 'yes',
      'marketing.direct.sms': 'no',
      'personalisation.none': 'no',
    }),
    legitimateInterests: [
      {
        id: 'fraud',
        title: es ? 'Evitar fraudes' : 'Prevent fraud',
        summary: es
          ? 'Comparamos tu pedido con señales de fraude antes de cobrarlo.'
          : 'We compare your order with signs of fraud before charging it.',
        recipients: ['Pagos Ebro, S.A.'],
        objected: false,
        objectAction: '/privacy/permissions/fraud/object',
      },
      {
        id: 'survey',
        title: es ? 'Preguntarte por tu compra' : 'Ask about your purchase',
        summary: es ? 'Te mandamos una encuesta tras cada pedido.' : 'We send you a survey after each order.',
        recipients: [],
        objected: true,
        objectAction: '/privacy/permissions/survey/object',
      },
    ],
    necessary: [
      {
        id: 'orders',
        title: es ? 'Preparar y enviar tus pedidos' : 'Prepare and send your orders',
        basis: es ? 'Por el contrato de compra' : 'Because of the contract of sale',
      },
      {
        id: 'invoices',
        title: es ? 'Guardar tus facturas' : 'Keep your invoices',
        basis: es ? 'Lo exige la ley, seis años' : 'The law requires it, for six years',
      },
    ],
  }
}

export const permissionsFixtures = fixturesOf(PermissionsView, {
  default: { modelIn: model },
  empty: { model: { purposes: [], legitimateInterests: [], necessary: [] } },
  saved: { modelIn: model, page: { notice: { kind: 'success', key: 'flash.choices-saved' } } },
  conflict: { modelIn: model, page: { formError: { code: 'conflict' } } },
})
