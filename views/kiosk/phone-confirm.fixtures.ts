import { exampleNow, fixturesOf } from '../fixture.ts'
import { type PhoneConfirmModel, PhoneConfirmView } from './phone-confirm.tsx'

const model: PhoneConfirmModel = {
  userCode: 'WDJB-MJHT',
  place: { label: 'Quiosco 3', store: 'Tienda Gran Vía', city: 'Madrid' },
  clientName: 'Tienda Norte',
  scopes: ['openid', 'kiosk'],
  offered: [27, 64, 91],
  startedAt: exampleNow,
}

export const phoneConfirmFixtures = fixturesOf(PhoneConfirmView, {
  default: { model },
  'field errors': { model, page: { fieldErrors: [{ field: 'number', code: 'number-required' }] } },
  'long text': {
    model: {
      ...model,
      place: {
        label: 'Quiosco de la entrada de la avenida de la Constitución',
        store: 'Tienda del centro comercial Nuestra Señora de la Almudena',
        city: 'Santa Cruz de la Zarza de los Caballeros',
      },
      clientName: 'Quioscos de atención a la clientela de Tienda Norte',
    },
  },
  'without a city': {
    model: { ...model, place: { label: 'Quiosco 1', store: 'Tienda móvil' }, scopes: ['openid'] },
  },
})
