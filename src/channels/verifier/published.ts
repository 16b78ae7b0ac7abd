import { noContent } from '../../platform/web/answer.ts'
import { defineRoute } from '../../platform/web/define-route.ts'
import type { Route } from '../../platform/web/route.ts'
import { receiptKeysPath, type VerifierDeps } from './verifier-deps.ts'

/** Stable addresses: they stand in receipts and in the notes of whoever keeps our checkpoints. */
export const publishedRoutes = ({ publishedKeys, log }: VerifierDeps): readonly Route[] => [
  defineRoute({
    name: 'verifier.keys',
    method: 'GET',
    path: receiptKeysPath,
    caller: { who: 'anyone' },
    answers: [200],
    handle: async () => ({
      kind: 'file',
      status: 200,
      type: 'application/jwk-set+json',
      body: JSON.stringify(await publishedKeys()),
      publicFor: 300,
    }),
  }),
  defineRoute({
    name: 'verifier.checkpoint',
    method: 'GET',
    path: '/.well-known/placet-ledger-checkpoint',
    caller: { who: 'anyone' },
    answers: [200, 204],
    handle: async () => {
      const newest = await log.newestCheckpoint()
      if (newest === undefined) return noContent
      return { kind: 'file', status: 200, type: 'application/jose', body: newest.jws, publicFor: 60 }
    },
  }),
]
