import type Provider from 'oidc-provider'
import { errors } from 'oidc-provider'
import { engineMetadata } from './client-cache.ts'
import { clientFields } from './client-fields.ts'
import { type ClientFault, type ClientMetadata, refusedClient } from './client-metadata.ts'
import type { Fetch } from './ports.ts'

/** A client that is about to be registered. */
export interface CandidateClient {
  readonly clientId: string
  readonly recipientId: string
  readonly firstParty: boolean
  readonly channel: string
  readonly metadata: ClientMetadata
}

/** Never shown to anybody: the engine asks whether there is a secret, not which. */
const someSecret = 'a-secret-that-nobody-has-0123456789abcdef'

/** What a client asks for its own protection. Kept without being done it would promise what nobody does. */
const protective = (name: string) =>
  /_encrypt(ed_response|ion)_(alg|enc)$/.test(name) || name === 'tls_client_certificate_bound_access_tokens'

/**
 * The last word before a client is stored: the engine builds it as it will at every request, so that none is kept that it
 * would refuse later, and a pairwise client's sector must vouch for its addresses (OpenID Connect Registration 5). Answers
 * the names that are recorded only, because nothing here uses them.
 */
export async function checkClient(
  parts: { readonly provider: Provider; readonly fetch: Fetch },
  candidate: CandidateClient,
): Promise<readonly string[]> {
  const { metadata } = candidate
  const used = namesInUse(parts.provider, candidate)
  const unused = Object.keys(metadata).filter((name) => !used.has(name) && !name.includes('#'))
  const unserved = unused.filter((name) => protective(name) && metadata[name] !== false)
  if (unserved.length > 0) {
    throw refusedClient(
      unserved.map((field) => ({
        field,
        code: 'unsupported',
        words: 'asks for a protection this house does not give; leave it out',
      })),
    )
  }
  await checkSector(parts.fetch, metadata)
  return unused
}

function namesInUse(provider: Provider, candidate: CandidateClient): ReadonlySet<string> {
  try {
    // The engine's types leave the constructor out; its own registration calls it like this.
    const client: InstanceType<typeof provider.Client> = Reflect.construct(provider.Client, [
      engineMetadata(candidate, someSecret),
    ])
    return new Set(Object.keys(client.metadata()))
  } catch (error) {
    if (!(error instanceof errors.InvalidClientMetadata)) throw error
    throw refusedClient([faultOf(error.error_description ?? error.message)])
  }
}

/** The engine begins most of its sentences with the name of the field. */
function faultOf(said: string): ClientFault {
  if (said.includes('JSON Web Key Set')) {
    return {
      field: 'jwks',
      code: 'engine',
      words: 'is no set of public keys; write {"keys": [ … ]} (RFC 7517 5)',
    }
  }
  const [field = ''] = said.split(' ', 1)
  const named = field in clientFields
  return {
    field: named ? field : 'client',
    code: 'engine',
    words: named ? said.slice(field.length + 1) : said,
  }
}

async function checkSector(fetch: Fetch, metadata: ClientMetadata): Promise<void> {
  const uri = metadata['sector_identifier_uri']
  if (typeof uri !== 'string') return
  const refuse = (code: string, words: string) =>
    refusedClient([{ field: 'sector_identifier_uri', code, words }])
  const listed = await readSector(fetch, uri).catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error)
    throw refuse('unreadable', `could not be read (${why}); publish a JSON list of all redirect_uris there`)
  })
  const redirects = metadata['redirect_uris']
  const missing = (Array.isArray(redirects) ? redirects : []).filter((one) => !listed.includes(one))
  if (missing.length > 0) {
    const words = `does not list ${missing.join(', ')} (OpenID Connect Registration 5); add what is missing there, or take it out of redirect_uris`
    throw refuse('mismatch', words)
  }
}

async function readSector(fetch: Fetch, uri: string): Promise<readonly unknown[]> {
  const answer = await fetch(uri, { headers: { accept: 'application/json' } })
  if (answer.status !== 200) throw new Error(`it answers ${answer.status}`)
  const list: unknown = await answer.json()
  if (!Array.isArray(list)) throw new Error('it is no JSON list')
  return list
}
