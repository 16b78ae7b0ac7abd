import { exampleNow, fixturesOf } from '../fixture.ts'
import { exampleStoreMenu } from './example-menu.ts'
import { type StoreHomeModel, StoreHomeView } from './home.tsx'

const page = { menu: exampleStoreMenu('/staff/store') }
const home: StoreHomeModel = {
  stores: ['Tienda Gran Vía'],
  enrolHref: '/staff/store/enrol',
  receiptHref: '/staff/store/receipt',
  helpHref: '/staff/store/help',
  help: [
    {
      id: '1',
      place: 'Quiosco 3, Tienda Gran Vía',
      since: exampleNow,
      taken: false,
    },
    {
      id: '2',
      place: 'Quiosco 4, Tienda Gran Vía',
      since: exampleNow,
      taken: true,
    },
  ],
}

export const storeHomeFixtures = fixturesOf(StoreHomeView, {
  default: { model: home, page },
  'nobody asks for help': { model: { ...home, help: [] }, page },
  'several stores': { model: { ...home, stores: ['Tienda Gran Vía', 'Tienda Sol'] }, page },
  success: { model: home, page: { ...page, notice: { kind: 'success', key: 'flash.help-taken' } } },
  empty: { model: { ...home, stores: [], help: [] }, page },
})
