import type { ClaimPreview, PreviewClaims } from '../channels/sign-in/index.ts'
import {
  type ConsentRegistry,
  inLanguage,
  type PublishedRegistry,
  purposeTitle,
} from '../features/consent/index.ts'
import {
  type Client,
  type ClientReads,
  claimsByScope,
  type PreviewedClaim,
  previewClaims,
  type ReleaseParts,
} from '../features/recipients/index.ts'

/** What the person reads of a client before they allow it: its host, not the name it chose for itself. */
const domainOf = ({ metadata }: Client): string => {
  const [first] = Array.isArray(metadata['redirect_uris']) ? metadata['redirect_uris'] : []
  return URL.parse(String(first))?.hostname ?? ''
}

const lineOf = (
  { attribute, claim, value, permitted }: PreviewedClaim,
  registry: PublishedRegistry,
  language: string,
): ClaimPreview['claims'][number] => {
  const labels = registry.attributes.get(attribute)?.labels
  const scopes = Object.entries(claimsByScope(registry.attributes.values()))
    .filter(([, claims]) => claims.includes(claim))
    .map(([scope]) => scope)
  return {
    id: attribute,
    label: inLanguage(labels ?? {}, language) || claim,
    ...(permitted && value !== undefined ? { value: String(value) } : {}),
    optional: true,
    scopes,
    claims: [claim],
  }
}

/** A service the client wants to use in the person's name: nothing that could be ticked singly, but told by name. */
const serviceLine = (name: string, scopes: readonly string[]): ClaimPreview['claims'][number] => ({
  id: name,
  label: name,
  value: scopes.join(', '),
  optional: false,
  scopes: [],
  claims: [],
})

/** Today's values and the registered purpose, for the page on which the person allows a client that is not ours. */
export const claimPreview =
  (parts: {
    readonly release: Omit<ReleaseParts, 'disclosures' | 'entropy'>
    readonly clients: ClientReads
    readonly registry: ConsentRegistry
    readonly serviceName: (identifier: string) => string | undefined
  }): PreviewClaims =>
  async (subjectId, clientId, asks, language) => {
    const client = await parts.clients.find(clientId)
    const registry = parts.registry.current()
    const claims = await previewClaims(parts.release, {
      subjectId,
      clientId,
      scopes: asks.scopes,
      requestedClaims: asks.claims,
    })
    const purpose = client?.purposeId
    const privacyHref = client?.metadata['policy_uri']
    return {
      domain: client === undefined ? '' : domainOf(client),
      ...(typeof privacyHref === 'string' ? { privacyHref } : {}),
      claims: [
        ...claims.map((claim) => lineOf(claim, registry, language)),
        ...Object.entries(asks.resources).map(([indicator, scopes]) =>
          serviceLine(parts.serviceName(indicator) ?? indicator, scopes),
        ),
      ],
      purpose: purpose === undefined ? '' : purposeTitle(registry, purpose, language),
      duration: inLanguage(registry.active.get(purpose ?? '')?.retention ?? {}, language),
    }
  }
