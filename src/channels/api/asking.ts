import {
  type DenyReason,
  type PublishedRegistry,
  type PurposeVersion,
  purposeMatches,
  type RecipientSystem,
} from '../../features/consent/index.ts'
import type { Client } from '../../features/recipients/index.ts'
import type { Actor } from '../../kernel/actor.ts'
import { notFound, refused, unauthenticated } from '../../kernel/errors.ts'
import type { ContactChannel } from '../../kernel/evidence.ts'
import type { ApiDeps } from './api-deps.ts'

/** Who asks: a client, the system it speaks for, and what that system is registered for. */
export interface Asking {
  readonly client: Client
  readonly system: string
  readonly role: RecipientSystem['role']
  readonly controller: string
  readonly brand: string
}

export async function askingOf(
  { clients, registry, house }: Pick<ApiDeps, 'clients' | 'registry' | 'house'>,
  actor: Actor,
): Promise<Asking> {
  const client = actor.kind === 'client' ? await clients.find(actor.clientId) : undefined
  if (client === undefined || client.state !== 'active') {
    throw unauthenticated('token-needed', 'Send a valid access token.')
  }
  const current = registry.current()
  const brand = client.brandId ?? house.brand
  return {
    client,
    system: client.recipientId,
    role: current.systems.get(client.recipientId)?.role ?? 'controller',
    controller: current.brands.get(brand)?.controller ?? house.controller,
    brand,
  }
}

/** A client that was registered for one purpose asks for that alone; any other for what its system is registered for. */
function isOwn({ client, system }: Asking, purpose: string, registry: PublishedRegistry): boolean {
  if (client.purposeId !== undefined) return client.purposeId === purpose
  const registered = registry.systems.get(system)?.purposes ?? []
  return registered.some((glob) => purposeMatches(glob, purpose))
}

export const ownPurposes = (asking: Asking, registry: PublishedRegistry): readonly PurposeVersion[] =>
  registry.order.flatMap((id) => {
    const version = registry.active.get(id)
    return version !== undefined && isOwn(asking, id, registry) ? [version] : []
  })

/** The purpose in force, if it is the client's to ask for. Another's is told apart from one that does not exist by nobody. */
export function ownPurpose(asking: Asking, purpose: string, registry: PublishedRegistry): PurposeVersion {
  const version = registry.active.get(purpose)
  if (version === undefined || !isOwn(asking, purpose, registry)) {
    throw notFound('purpose-unknown', 'Your system is registered for no such purpose.')
  }
  return version
}

/**
 * Why one question among many is answered no before anybody is looked at; undefined when it may be asked. Whatever lies outside
 * of what the client is registered for gets the same word, whether there is such a purpose or not.
 */
export function outOfReach(
  asking: Asking,
  purpose: string,
  contactChannel: ContactChannel,
  registry: PublishedRegistry,
): DenyReason | undefined {
  const { client } = asking
  const bound = client.purposeId !== undefined && client.contactChannel !== contactChannel
  if (bound || !isOwn(asking, purpose, registry)) return 'SYSTEM_NOT_AUTHORISED_FOR_PURPOSE'
  const version = registry.active.get(purpose)
  if (version === undefined) {
    return registry.purposes.get(purpose)?.retired === true ? 'PURPOSE_RETIRED' : 'PURPOSE_UNKNOWN'
  }
  return version.contactChannels.includes(contactChannel) ? undefined : 'NO_BASIS_CONFIGURED'
}

/** A client registered for one contact channel never asks for another: a yes to e-mail is none for the telephone. */
export function ownContactChannel(
  { client }: Asking,
  version: PurposeVersion,
  asked: ContactChannel,
): ContactChannel {
  const bound = client.purposeId !== undefined && client.contactChannel !== asked
  if (bound || !version.contactChannels.includes(asked)) {
    throw refused('contact-channel-not-yours', 'Your client is not registered for this contact channel.')
  }
  return asked
}

/**
 * The person's no to all advertising is carried by the house, and by any system that advertises for it: whoever they say it
 * to must be able to pass it on. Who has nothing to do with advertising is told of no such purpose.
 */
export function mayCarryNoToMarketing(
  asking: Asking,
  contactChannel: ContactChannel | undefined,
  registry: PublishedRegistry,
): void {
  const advertises = ownPurposes(asking, registry).some(
    ({ purpose }) => registry.purposes.get(purpose)?.class === 'marketing',
  )
  if (asking.role !== 'internal' && !advertises) {
    throw notFound('purpose-unknown', 'Your system is registered for no such purpose.')
  }
  if (contactChannel !== undefined) mayStop(asking, contactChannel)
}

/** Only our own systems and those that work for us under contract write; another controller reports nothing for us. */
export function mayWrite({ role }: Asking): void {
  if (role === 'controller') {
    throw refused(
      'recipient-may-not-write',
      'Your system receives data; it does not record what people said to us.',
    )
  }
}

/** A client of the house itself, for a system of the house itself. */
export const isOurs = ({ role, client }: Asking): boolean => role === 'internal' && client.firstParty

/**
 * What opens a way to people, such as a sale or a contract, is told by the house's own clients alone: whoever earns by
 * writing to somebody does not report the sale that would allow it.
 */
export function mustBeOurs(asking: Asking): void {
  if (!isOurs(asking)) {
    throw refused('house-only', 'Sales and contracts are reported by clients of the house itself.')
  }
}

/** A stop may be reported by whoever works for us, for the contact channel it was registered for and no wider. */
export function mayStop(asking: Asking, contactChannel: ContactChannel | '*'): void {
  mayWrite(asking)
  const { client } = asking
  if (client.purposeId !== undefined && client.contactChannel !== contactChannel) {
    throw refused('contact-channel-not-yours', 'Your client is not registered for this contact channel.')
  }
}
