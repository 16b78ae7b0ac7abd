import { fixturesOf } from '../fixture.ts'
import { exampleStoreMenu } from './example-menu.ts'
import { type StoreReceiptModel, StoreReceiptView } from './receipt.tsx'

const page = { menu: exampleStoreMenu('/staff/store') }
const receipt: StoreReceiptModel = {
  action: '/staff/store/receipt',
  homeHref: '/staff/store',
  stores: [{ id: 'gran-via', name: 'Tienda Gran Vía' }],
  fields: { email: '', reference: '', total: '', language: 'es', store: 'gran-via' },
}

export const storeReceiptFixtures = fixturesOf(StoreReceiptView, {
  default: { model: receipt, page },
  success: { model: receipt, page: { ...page, notice: { kind: 'success', key: 'flash.receipt-mailed' } } },
  'field errors': {
    model: {
      ...receipt,
      fields: { ...receipt.fields, email: 'ana@', reference: 'oferta.example', total: 'mucho' },
    },
    page: {
      ...page,
      fieldErrors: [
        { field: 'email', code: 'email-invalid' },
        { field: 'reference', code: 'receipt-reference-invalid' },
        { field: 'total', code: 'receipt-total-invalid' },
      ],
    },
  },
})
