import { fixturesOf } from '../fixture.ts'
import { type PlaceNode, type TouchpointsModel, TouchpointsView } from './touchpoints.tsx'

const place = (
  id: string,
  kind: PlaceNode['kind'],
  name: string,
  more: Partial<PlaceNode> = {},
): PlaceNode => ({
  id,
  kind,
  name,
  open: true,
  href: `/staff/touchpoints/${id}`,
  children: [],
  ...more,
})

const granVia = place('gran-via', 'store', 'Gran Vía', {
  city: 'Madrid',
  children: [
    place('gran-via-kiosk-1', 'terminal', 'Quiosco 1', { terminal: 'enrolled' }),
    place('gran-via-kiosk-2', 'terminal', 'Quiosco 2', { terminal: 'waiting' }),
    place('gran-via-kiosk-3', 'terminal', 'Quiosco 3', { terminal: 'revoked' }),
    place('gran-via-caja', 'desk', 'Caja central'),
  ],
})
const model: TouchpointsModel = {
  places: [
    place('tienda-norte', 'brand', 'Tienda Norte', {
      children: [
        place('centro', 'region', 'Centro', { children: [granVia] }),
        place('vigo', 'store', 'Príncipe', { city: 'Vigo', open: false }),
      ],
    }),
  ],
  add: {
    action: '/staff/touchpoints',
    fields: { id: '', kind: 'store', parent: '', name: '', city: '', country: '', networks: '' },
    parents: [
      { id: 'tienda-norte', name: 'Tienda Norte' },
      { id: 'gran-via', name: 'Gran Vía (Madrid)' },
    ],
  },
}

export const touchpointsFixtures = fixturesOf(TouchpointsView, {
  default: { model },
  'of one store, without adding': { model: { places: [granVia] } },
  none: { model: { ...model, places: [] } },
  errors: {
    model,
    page: {
      fieldErrors: [
        { field: 'id', code: 'touchpoint.id-shape' },
        { field: 'parent', code: 'touchpoint.misplaced' },
        { field: 'networks', code: 'touchpoint.network-shape' },
      ],
    },
  },
})
