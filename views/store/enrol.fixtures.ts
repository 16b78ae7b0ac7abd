import { exampleNow, fixturesOf } from '../fixture.ts'
import { type StoreEnrolModel, StoreEnrolView } from './enrol.tsx'
import { exampleStoreMenu } from './example-menu.ts'
import { StoreHandOffView } from './hand-off.tsx'

const page = { menu: exampleStoreMenu('/staff/store') }
const enrol: StoreEnrolModel = {
  action: '/staff/store/enrol',
  homeHref: '/staff/store',
  stores: [{ id: 'gran-via', name: 'Tienda Gran Vía' }],
  fields: { email: '', language: 'es', store: 'gran-via' },
}

export const storeEnrolFixtures = fixturesOf(StoreEnrolView, {
  default: { model: enrol, page },
  'several stores': {
    model: { ...enrol, stores: [...enrol.stores, { id: 'sol', name: 'Tienda Sol' }] },
    page,
  },
  'field errors': {
    model: { ...enrol, fields: { ...enrol.fields, email: 'ana@' } },
    page: { ...page, fieldErrors: [{ field: 'email', code: 'email-invalid' }] },
  },
  'rate-limited': {
    model: { ...enrol, fields: { ...enrol.fields, email: 'ana@ejemplo.com' } },
    page: { ...page, formError: { code: 'too-many' } },
  },
})

export const storeHandOffFixtures = fixturesOf(StoreHandOffView, {
  default: {
    model: {
      address: `https://id.tienda-norte.example/store/${'AbCdEf12'.repeat(16)}`,
      until: exampleNow,
      anotherHref: '/staff/store/enrol',
      homeHref: '/staff/store',
    },
    page,
  },
})
