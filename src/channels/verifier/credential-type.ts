import {
  credentialIssuerMetadata,
  credentialTypeMetadata,
  credentialTypePath,
} from '../../features/consent/index.ts'
import { defineRoute } from '../../platform/web/define-route.ts'
import type { Route } from '../../platform/web/route.ts'
import { receiptKeysPath, type VerifierDeps } from './verifier-deps.ts'

/** What an SD-JWT VC leads its reader to: what its type means, and by which keys its issuer signs. */
export function credentialRoutes({ credentialIssuer: issuer }: VerifierDeps): readonly Route[] {
  if (issuer === undefined) return []
  const published = (name: string, path: string, document: object): Route =>
    defineRoute({
      name,
      method: 'GET',
      path,
      caller: { who: 'anyone' },
      answers: [200],
      handle: async () => ({
        kind: 'file',
        status: 200,
        type: 'application/json',
        body: JSON.stringify(document),
        publicFor: 3600,
      }),
    })
  return [
    published('verifier.credential-type', credentialTypePath, credentialTypeMetadata(issuer)),
    published(
      'verifier.credential-issuer',
      '/.well-known/jwt-vc-issuer',
      credentialIssuerMetadata(issuer, receiptKeysPath),
    ),
  ]
}
