import type { KeyedHash } from '../platform/crypto/index.ts'

/**
 * The `sub` a client that is not ours sees: the same for all clients of one sector, unrelated between sectors, and not
 * to be turned back without the key (OpenID Connect Core 8.1). The key must never change: it is the person's name there.
 */
export const pairwiseSubject = (hash: KeyedHash, sector: string, accountId: string): string =>
  hash(JSON.stringify([sector, accountId])).toString('base64url')

/** A person as one client knows them; `sector` is undefined for our own clients, which know the person's id itself. */
export interface SubjectName {
  readonly sector: string | undefined
  readonly sub: string
}

/**
 * The sector whose clients share a person's name (OpenID Connect Core 8.1): the host of the sector's document, or of the
 * addresses a client is sent back to; one that has neither is a sector of its own.
 */
function sectorOf(clientId: string, metadata: Readonly<Record<string, unknown>>): string {
  const document = metadata['sector_identifier_uri']
  const [address] = Array.isArray(metadata['redirect_uris']) ? metadata['redirect_uris'] : []
  const host = URL.parse(String(document ?? address ?? ''))?.host
  return host === undefined || host === '' ? clientId : host
}

/** The very name the engine gives this client in its tokens. */
export function subjectName(
  hash: KeyedHash,
  client: { readonly clientId: string; readonly metadata: Readonly<Record<string, unknown>> },
  subjectId: string,
): SubjectName {
  if (client.metadata['subject_type'] !== 'pairwise') return { sector: undefined, sub: subjectId }
  const sector = sectorOf(client.clientId, client.metadata)
  return { sector, sub: pairwiseSubject(hash, sector, subjectId) }
}
