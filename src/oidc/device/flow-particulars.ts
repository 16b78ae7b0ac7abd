import { z } from 'zod'
import type { RowSeal } from '../row-seal.ts'
import type { BindingNumbers } from './binding-number.ts'
import { type KioskScope, kioskScopes } from './kiosk-scopes.ts'

/** What a flow is about. Sealed: a copy of the database must not tell which number is on a screen right now. */
export interface FlowParticulars extends BindingNumbers {
  readonly scopes: readonly KioskScope[]
}

const shape = z.strictObject({
  shown: z.int(),
  offered: z.array(z.int()).length(3),
  scopes: z.array(z.enum(kioskScopes)),
})
const table = 'oidc_device_flows'
const hex = (codeHash: Uint8Array) => Buffer.from(codeHash).toString('hex')

export const flowParticulars = {
  seal: (rowSeal: RowSeal, codeHash: Uint8Array, particulars: FlowParticulars): Uint8Array =>
    rowSeal.seal(table, hex(codeHash), particulars),
  open: (rowSeal: RowSeal, codeHash: Uint8Array, sealed: Uint8Array): FlowParticulars =>
    shape.parse(rowSeal.open(table, hex(codeHash), sealed)),
}
