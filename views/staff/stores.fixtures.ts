import { exampleNow, fixturesOf } from '../fixture.ts'
import { exampleMenu } from './example-menu.ts'
import { type StoresModel, StoresView } from './stores.tsx'

const page = { menu: exampleMenu('/dpo/stores') }
const stores: StoresModel = {
  days: 28,
  until: exampleNow,
  smallestShown: 20,
  fewestJudged: 40,
  stores: [
    {
      id: 'castellana',
      name: 'Tienda Castellana',
      shown: true,
      people: 40,
      rate: 1,
      between: [0.79, 1],
      elsewhere: 0.44,
      finding: 'above-others',
    },
    {
      id: 'gran-via',
      name: 'Tienda Gran Vía',
      shown: true,
      people: 812,
      rate: 0.43,
      between: [0.37, 0.49],
      elsewhere: 0.52,
      finding: undefined,
    },
    {
      id: 'sol',
      name: 'Tienda Sol',
      shown: true,
      people: 120,
      rate: 0.99,
      between: [0.9, 1],
      elsewhere: undefined,
      finding: 'nearly-everybody',
    },
    { id: 'vigo', name: 'Tienda Vigo', shown: false },
  ],
}

export const storesFixtures = fixturesOf(StoresView, {
  default: { model: stores, page },
  empty: { model: { ...stores, stores: [] }, page },
  'not counted': { model: { ...stores, until: undefined, stores: [] }, page },
  'too few': { model: { ...stores, stores: [{ id: 'vigo', name: 'Tienda Vigo', shown: false }] }, page },
})
