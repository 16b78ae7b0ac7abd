import type { ContactChannel } from '../../kernel/evidence.ts'

/** A client as the house knows it: on whose behalf it connects, and what it may ask for. */
export interface Client {
  readonly clientId: string
  readonly recipientId: string
  /** Our own shop, app or desk: it serves the person under the contract of their account. */
  readonly firstParty: boolean
  /** The one purpose of a client that is not there to serve the person; undefined for those that are. */
  readonly purposeId: string | undefined
  readonly contactChannel: ContactChannel
  readonly brandId: string | undefined
  /** Where a person meets us through it: `web`, `app`, `kiosk` … */
  readonly channel: string
  /** OIDC metadata, without id and secret. */
  readonly metadata: Readonly<Record<string, unknown>>
  readonly secrets: number
  readonly state: 'active' | 'disabled'
  readonly createdAt: Date
  readonly updatedAt: Date
}

export const clientName = (client: Pick<Client, 'clientId' | 'metadata'>): string => {
  const name = client.metadata['client_name']
  return typeof name === 'string' ? name : client.clientId
}
