import { fixturesOf } from '../fixture.ts'
import { FormPostView } from './form-post.tsx'

const action = '/__gallery/landing'

export const formPostFixtures = fixturesOf(FormPostView, {
  default: { model: { action, clientName: 'Tienda Norte', fields: { code: 'example', state: 'example' } } },
  'long name': {
    model: {
      action,
      clientName: 'Asociación de Comerciantes del Mercado Central de Villanueva y la Geltrú',
      fields: { error: 'access_denied', error_description: 'the person ended the request' },
    },
  },
})
