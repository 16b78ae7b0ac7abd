import type { TouchpointDraft } from '../../src/features/touchpoints/index.ts'
import type { SeedClient } from './clients.ts'

/** Where Tienda Norte meets its customers: two stores with kiosks and a till, and the desks of its call centre. */
export const places: readonly TouchpointDraft[] = [
  { id: 'tienda-norte', kind: 'brand', name: 'Tienda Norte', networks: [] },
  { id: 'madrid', kind: 'region', parent: 'tienda-norte', name: 'Madrid', networks: [] },
  {
    id: 'gran-via',
    kind: 'store',
    parent: 'madrid',
    name: 'Tienda Gran Vía',
    city: 'Madrid',
    networks: [],
  },
  { id: 'gran-via-1', kind: 'terminal', parent: 'gran-via', name: 'Quiosco 1', networks: [] },
  { id: 'gran-via-2', kind: 'terminal', parent: 'gran-via', name: 'Quiosco 2', networks: [] },
  { id: 'gran-via-3', kind: 'terminal', parent: 'gran-via', name: 'Quiosco 3', networks: [] },
  { id: 'gran-via-caja', kind: 'desk', parent: 'gran-via', name: 'Caja 1', networks: [] },
  {
    id: 'lavapies',
    kind: 'store',
    parent: 'madrid',
    name: 'Tienda Lavapiés',
    city: 'Madrid',
    networks: [],
  },
  {
    id: 'puesto-4',
    kind: 'desk',
    parent: 'tienda-norte',
    name: 'Atención telefónica, puesto 4',
    networks: [],
  },
]

export const store = 'gran-via'
/** The kiosk that the tour opens. */
export const kiosk = { id: 'gran-via-3', name: 'Quiosco 3' }
export const desk = 'puesto-4'
export const till = { id: 'gran-via-caja', clientId: 'caja-gran-via' }
export const telephony = 'centralita-norte'

const machine = {
  grant_types: ['client_credentials'],
  response_types: [],
  redirect_uris: [],
  token_endpoint_auth_method: 'client_secret_basic',
}

const ours = {
  recipientId: 'tienda-norte-shop',
  firstParty: true,
  purposeId: undefined,
  contactChannel: 'none',
} as const

/** Systems that belong to a place: registered after it. */
export const placeClients: readonly SeedClient[] = [
  {
    ...ours,
    clientId: till.clientId,
    channel: 'store',
    metadata: { ...machine, client_name: 'Caja 1 de la Tienda Gran Vía', touchpoint: till.id },
  },
  {
    ...ours,
    clientId: telephony,
    channel: 'call-centre',
    metadata: { ...machine, client_name: 'Centralita de Tienda Norte' },
  },
]
