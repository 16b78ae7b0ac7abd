import { z } from 'zod'
import type { ClientDocument } from '../cli/command-house.ts'
import type { House } from '../compose.ts'
import { type Client, type ClientRegistration, createClient } from '../features/recipients/index.ts'
import type { Actor } from '../kernel/actor.ts'
import { channels, contactChannels } from '../kernel/evidence.ts'
import { type ClientFault, parseClientMetadata, refusedClient } from '../oidc/index.ts'
import { accountPurpose } from './standard-registry.ts'

const id = z.string().min(1).max(100).nullish()
/** What we want to know of a client beside its OpenID metadata. */
const ours = {
  client_id: id,
  recipient_id: id,
  purpose_id: id,
  brand_id: id,
  contact_channel: z.enum(contactChannels).nullish(),
  channel: z.enum(channels).nullish(),
  first_party: z.boolean().nullish(),
}
/** What `client list` shows and nobody chooses. */
const shown: readonly string[] = ['state', 'secrets']
const names = Object.keys(ours)

/** A client as commands print it: OIDC metadata with our own fields beside it, never a secret or its hash. */
export const clientDocument = (client: Client, secret?: string): ClientDocument => ({
  client_id: client.clientId,
  client_id_issued_at: Math.floor(client.createdAt.getTime() / 1000),
  ...(secret === undefined ? {} : { client_secret: secret }),
  // RFC 7591 3.2.1: 0 says that it does not end by itself.
  ...(client.secrets > 0 ? { client_secret_expires_at: 0 } : {}),
  recipient_id: client.recipientId,
  first_party: client.firstParty,
  purpose_id: client.purposeId ?? null,
  contact_channel: client.contactChannel,
  brand_id: client.brandId ?? null,
  channel: client.channel,
  state: client.state,
  secrets: client.secrets,
  ...client.metadata,
})

/** A document as a registration: our fields, and everything else as metadata of OpenID Connect. */
function registrationOf(document: ClientDocument, house: House): ClientRegistration {
  const { entropy } = house.platform
  const entries = Object.entries(document).filter(([name]) => !shown.includes(name))
  const own = z.object(ours).safeParse(Object.fromEntries(entries.filter(([name]) => names.includes(name))))
  if (!own.success) {
    throw refusedClient(
      own.error.issues.map(({ path, code, message }) => ({
        field: path.map(String).join('.'),
        code,
        words: `is not right: ${message}`,
      })),
    )
  }
  const { client_id, recipient_id, purpose_id, brand_id, contact_channel, channel, first_party } = own.data
  const clientId = client_id ?? `client-${entropy.id<'client'>().slice(-12)}`
  const recipientId = recipient_id ?? house.names.recipient
  const firstParty = first_party ?? false
  // A client of the house that does not act for it serves people under their account, each of them being asked once.
  const itsPurpose = !firstParty && recipientId === house.names.recipient ? accountPurpose.id : undefined
  return {
    clientId,
    recipientId,
    firstParty,
    purposeId: purpose_id ?? itsPurpose,
    brandId: brand_id ?? undefined,
    contactChannel: contact_channel ?? 'none',
    channel: channel ?? 'web',
    metadata: parseClientMetadata(
      clientId,
      Object.fromEntries(entries.filter(([name]) => !names.includes(name))),
      { firstParty, alsoKnown: names },
    ),
  }
}

/** Whom and what it names must be there: what the database would refuse by a key is told in words. */
async function checkReferences(house: House, client: ClientRegistration): Promise<void> {
  const registry = await house.registry.refresh()
  const list = (known: Iterable<string>) => [...known].sort().join(', ')
  const faults: ClientFault[] = []
  const look = (
    field: string,
    value: string | undefined,
    known: ReadonlyMap<string, unknown>,
    instead: string,
  ) => {
    if (value === undefined || known.has(value)) return
    const words = `names "${value}", which is not registered; ${instead}: ${list(known.keys())}`
    faults.push({ field, code: 'unknown', words })
  }
  look(
    'recipient_id',
    client.recipientId,
    registry.systemNames,
    'leave it out for the house itself, or write one of',
  )
  look('purpose_id', client.purposeId, registry.active, 'write one of')
  look(
    'brand_id',
    client.brandId,
    registry.brands,
    'leave it out for the brand of the house, or write one of',
  )
  const place = client.metadata['touchpoint']
  if (typeof place === 'string') {
    await house.touchpoints.refresh()
    look('touchpoint', place, house.touchpoints.tree(), 'leave it out, or write one of')
  }
  const may = registry.systems.get(client.recipientId)?.purposes
  if (may !== undefined && !client.firstParty && client.purposeId === undefined) {
    const words = `is needed for a client that does not act for the house; write one of: ${list(may)}; or "first_party": true if it does`
    faults.push({ field: 'purpose_id', code: 'missing', words })
  }
  if (faults.length > 0) throw refusedClient(faults)
}

/**
 * Registers a client from a document: parsed, looked up, built once by the engine, and only then stored. `note` is told
 * what whoever registers it should know though nothing is wrong.
 */
export async function registerClient(
  house: House,
  command: {
    readonly actor: Actor
    readonly document: ClientDocument
    readonly note: (text: string) => void
  },
): Promise<ClientDocument> {
  const { actor, document, note } = command
  const { consoleWork, platform, registry } = house
  const client = registrationOf(document, house)
  await checkReferences(house, client)
  const unused = await house.oidc.checkClient(client)
  const { secret } = await createClient(
    { work: consoleWork, clock: platform.clock, entropy: platform.entropy },
    { actor, client },
  )
  if (document['client_secret'] !== undefined) {
    note('Secrets are made here: the client_secret that was given is not the one of this client.')
  }
  if (unused.length > 0) note(`Recorded, and not used by this version: ${unused.join(', ')}.`)
  const { recipientId, purposeId } = client
  if (
    purposeId !== undefined &&
    registry.current().systems.get(recipientId)?.purposes.includes(purposeId) === false
  ) {
    note(`It will be told nothing: ${recipientId} is not registered for the purpose ${purposeId}.`)
  }
  return shownClient(house, client.clientId, secret)
}

export async function shownClient(house: House, clientId: string, secret: string | undefined) {
  const client = await house.clients.find(clientId)
  if (client === undefined) throw new Error(`the client ${clientId} is gone`)
  return clientDocument(client, secret)
}
