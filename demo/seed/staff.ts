import type { RoleAssignment } from '../../src/features/staff/index.ts'
import { desk, store } from './places.ts'

export interface SeedStaff {
  readonly key: string
  readonly login: string
  readonly displayName: string
  readonly roles: readonly RoleAssignment[]
  /** Where their work begins. */
  readonly home: string
}

/**
 * Who works in Tienda Norte when the demo begins. Marta watches over calls as well: whoever looks on must be nobody who takes
 * them, so there is no supervisor's role of its own.
 */
export const staff: readonly [marta: SeedStaff, lucia: SeedStaff, ivan: SeedStaff, sofia: SeedStaff] = [
  {
    key: 'marta',
    login: 'dpo@tiendanorte.example',
    displayName: 'Marta Rey',
    roles: [{ role: 'dpo', touchpointId: undefined }],
    home: '/staff',
  },
  {
    key: 'lucia',
    login: 'lucia@tiendanorte.example',
    displayName: 'Lucía Vidal',
    roles: [{ role: 'agent', touchpointId: desk }],
    home: '/staff/calls',
  },
  {
    key: 'ivan',
    login: 'ivan@tiendanorte.example',
    displayName: 'Iván Castro',
    roles: [{ role: 'store-staff', touchpointId: store }],
    home: '/staff/store',
  },
  {
    key: 'sofia',
    login: 'sofia@tiendanorte.example',
    displayName: 'Sofía Peña',
    roles: [{ role: 'store-manager', touchpointId: store }],
    home: '/staff/store',
  },
]
