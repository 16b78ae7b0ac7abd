import { z } from 'zod'
import type { RowSeal } from '../row-seal.ts'

const shape = z.strictObject({
  bindingMessage: z.string(),
  scopes: z.array(z.string()),
  /** What the client is told once there is an answer, where it wants to be told. */
  ping: z.strictObject({ authReqId: z.string(), token: z.string() }).optional(),
})
const table = 'oidc_call_requests'
const hex = (codeHash: Uint8Array) => Buffer.from(codeHash).toString('hex')

/** What a request is about. Sealed: with the id in a ping a client gets tokens. */
export type CallParticulars = Readonly<z.infer<typeof shape>>

export const callParticulars = {
  seal: (rowSeal: RowSeal, codeHash: Uint8Array, particulars: CallParticulars): Uint8Array =>
    rowSeal.seal(table, hex(codeHash), particulars),
  open: (rowSeal: RowSeal, codeHash: Uint8Array, sealed: Uint8Array): CallParticulars =>
    shape.parse(rowSeal.open(table, hex(codeHash), sealed)),
}
