import { daysBefore, exampleNow, fixturesOf } from '../fixture.ts'
import { type TouchpointModel, TouchpointView } from './touchpoint.tsx'

const at = '/staff/touchpoints/gran-via-kiosk-3'
const terminal: TouchpointModel = {
  id: 'gran-via-kiosk-3',
  name: 'Quiosco 3',
  kind: 'terminal',
  open: true,
  within: ['Tienda Norte', 'Centro', 'Gran Vía'],
  networks: ['10.20.0.0/16', '2001:db8:7::/48'],
  terminal: {
    state: 'enrolled',
    enrolledAt: daysBefore(40),
    keyThumbprint: '0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I',
  },
  listHref: '/staff/touchpoints',
  codeAction: `${at}/code`,
  revokeAction: `${at}/revoke`,
}
const store: TouchpointModel = {
  id: 'gran-via',
  name: 'Gran Vía',
  kind: 'store',
  open: true,
  within: ['Tienda Norte', 'Centro'],
  city: 'Madrid',
  country: 'ES',
  networks: [],
  listHref: '/staff/touchpoints',
  change: {
    action: '/staff/touchpoints/gran-via',
    fields: { name: 'Gran Vía', city: 'Madrid', country: 'ES', networks: '' },
  },
  revokeAction: '/staff/touchpoints/gran-via/revoke',
  closeAction: '/staff/touchpoints/gran-via/close',
}

export const touchpointFixtures = fixturesOf(TouchpointView, {
  default: { model: terminal },
  'with its code': { model: { ...terminal, code: { text: 'BCDF-GHJK-LMNP', expiresAt: exampleNow } } },
  revoked: {
    model: {
      ...terminal,
      terminal: { state: 'revoked', enrolledAt: daysBefore(40), revokedAt: exampleNow },
    },
  },
  'a store': { model: store },
  closed: {
    model: { ...store, open: false, change: undefined, revokeAction: undefined, closeAction: undefined },
  },
  errors: {
    model: store,
    page: {
      fieldErrors: [
        { field: 'name', code: 'name.shape' },
        { field: 'close_reason', code: 'reason-missing' },
      ],
    },
  },
})
