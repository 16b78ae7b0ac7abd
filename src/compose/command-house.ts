import type { ClientDocument, CommandHouse } from '../cli/command-house.ts'
import type { House } from '../compose.ts'
import { type Client, createClient, rotateClientSecret } from '../features/recipients/index.ts'
import { createStaff, issueEnrolment } from '../features/staff/index.ts'
import type { Actor } from '../kernel/actor.ts'
import { invalid } from '../kernel/errors.ts'
import { type ContactChannel, contactChannels } from '../kernel/evidence.ts'
import { parseClientMetadata } from '../oidc/index.ts'

const commandLine: Actor = { kind: 'system', name: 'cli' }

/** A client as commands print it: OIDC metadata with our own fields beside it, never a secret or its hash. */
const documentOf = (client: Client): ClientDocument => ({
  client_id: client.clientId,
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

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined

const contactChannelOf = (value: unknown): ContactChannel => {
  const found = contactChannels.find((one) => one === (value ?? 'none'))
  if (found !== undefined) return found
  throw invalid('client-metadata', 'contact_channel is none of ours.', [
    { field: 'contact_channel', code: 'unknown' },
  ])
}

/** What the commands ask of the house; each acts as the command line and is audited as such. */
export function commandHouse(house: House): CommandHouse {
  const { consoleWork, platform, clients, names } = house
  const { clock, entropy } = platform
  const parts = { work: consoleWork, clock, entropy }

  const show = async (clientId: string, secret: string | undefined): Promise<ClientDocument> => {
    const client = await clients.find(clientId)
    if (client === undefined) throw invalid('client-unknown', 'There is no such client.')
    return { ...documentOf(client), ...(secret === undefined ? {} : { client_secret: secret }) }
  }

  return {
    clients: {
      create: async (document) => {
        const {
          client_id: given,
          recipient_id: recipientId,
          purpose_id: purposeId,
          contact_channel: contactChannel,
          brand_id: brandId,
          first_party: firstParty,
          channel,
          ...metadata
        } = document
        const clientId = text(given) ?? `client-${entropy.id<'client'>().slice(-12)}`
        const { secret } = await createClient(parts, {
          actor: commandLine,
          client: {
            clientId,
            recipientId: text(recipientId) ?? names.recipient,
            purposeId: text(purposeId),
            contactChannel: contactChannelOf(contactChannel),
            brandId: text(brandId),
            firstParty: firstParty === true,
            channel: text(channel) ?? 'web',
            metadata: parseClientMetadata(clientId, metadata, { firstParty: firstParty === true }),
          },
        })
        return show(clientId, secret)
      },
      list: async () => (await clients.list()).map(documentOf),
      rotateSecret: async (clientId) => {
        const { secret } = await rotateClientSecret(parts, { actor: commandLine, clientId })
        return show(clientId, secret)
      },
    },
    staff: {
      create: ({ login, displayName, roles }) =>
        createStaff(parts, { actor: commandLine, login, displayName, roles }),
      enrol: (login) => issueEnrolment(parts, { actor: commandLine, login }),
    },
    keys: { rotate: () => house.oidc.keys.rotate() },
    close: () => house.close(),
  }
}
