import { exampleNow, fixturesOf } from '../fixture.ts'
import { type CallRequestModel, CallRequestView } from './request.tsx'

const model: CallRequestModel = {
  agentReference: 'A-7F3C21',
  clientName: 'Atención al cliente',
  place: 'Puesto 12, Centro de atención de Madrid',
  bindingMessage: 'LUNA-4821',
  scopes: ['openid', 'profile'],
  startedAt: exampleNow,
  expiresAt: new Date(exampleNow.getTime() + 300_000),
  action: '/call-approval/ejemplo',
}

export const callRequestFixtures = fixturesOf(CallRequestView, {
  default: { model },
  'no place, nothing but who it is': { model: { ...model, place: undefined, scopes: ['openid'] } },
  'long text': {
    model: {
      ...model,
      clientName: 'Servicio de atención telefónica a la clientela de Tienda Norte y sus marcas',
      place: 'Puesto 128, Centro de atención de San Sebastián de los Reyes y Alcobendas',
      bindingMessage: '<b>./+!?#-_WWWWWWWWW',
      scopes: ['openid', 'profile', 'email', 'loyalty', 'address', 'phone'],
    },
  },
})
