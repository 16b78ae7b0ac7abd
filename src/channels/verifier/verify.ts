import { z } from 'zod'
import { translator } from '../../../views/page.tsx'
import { savedVerifier } from '../../../views/verifier/saved-verifier.tsx'
import type { VerdictModel } from '../../../views/verifier/verdict.tsx'
import { VerifyView } from '../../../views/verifier/verify.tsx'
import { checkReceiptFile, type PublishedKeys, type ReceiptVerdict } from '../../features/consent/index.ts'
import { defineRoute } from '../../platform/web/define-route.ts'
import type { Route } from '../../platform/web/route.ts'
import type { PageRequest } from '../page-renderer.ts'
import { receiptKeysPath, type VerifierDeps } from './verifier-deps.ts'

const savedPath = '/verify/placet-verifier.html'

/**
 * A receipt of many decisions with their wordings and proofs, percent-encoded by the browser, is several times as long as
 * any form of ours. What is longer still is refused before it is read whole.
 */
const longestForm = 512 * 1024

const jwks = z.object({ keys: z.array(z.looseObject({ kid: z.string() })).max(200) })

/** Keys somebody kept from before; undefined when what was pasted is no JWKS. */
function pastedKeys(text: string): PublishedKeys | undefined {
  try {
    return jwks.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}

const verdictModel = (verdict: ReceiptVerdict): VerdictModel => ({
  ...verdict,
  entries: verdict.entries.map((entry) => ({ ...entry, at: new Date(entry.at) })),
})

export function verifyRoutes(deps: VerifierDeps): readonly Route[] {
  const { renderer, publishedKeys, clock } = deps
  const show = async (request: PageRequest, receipt?: string, verdict?: VerdictModel) =>
    renderer.show(request, VerifyView, {
      keys: JSON.stringify(await publishedKeys()),
      keysHref: receiptKeysPath,
      offlineHref: savedPath,
      receipt,
      verdict,
    })
  return [
    defineRoute({
      name: 'verifier.verify',
      method: 'GET',
      path: '/verify',
      caller: { who: 'anyone' },
      answers: [200],
      handle: (request) => show(request),
    }),
    defineRoute({
      name: 'verifier.verify.check',
      method: 'POST',
      path: '/verify',
      caller: { who: 'anyone' },
      body: {
        type: 'form',
        schema: z.strictObject({
          receipt: z.string().max(longestForm).default(''),
          keys: z.string().max(longestForm).default(''),
        }),
        maxBytes: longestForm,
      },
      answers: [200],
      handle: async (request) => {
        const { receipt, keys } = request.body
        const trusted = keys.trim() === '' ? await publishedKeys() : (pastedKeys(keys) ?? { keys: [] })
        const verdict = await checkReceiptFile(receipt, trusted, clock.now())
        return show(request, receipt, verdictModel(verdict))
      },
    }),
    defineRoute({
      name: 'verifier.saved',
      method: 'GET',
      path: savedPath,
      caller: { who: 'anyone' },
      answers: [200],
      handle: async (request) => {
        const language = renderer.languageOf(request)
        const page = {
          language,
          t: translator(language, deps.brand.timeZone),
          csrf: '',
          brand: deps.brand,
          path: '',
          languages: [],
        }
        return {
          kind: 'file',
          status: 200,
          type: 'text/html; charset=utf-8',
          body: savedVerifier(page, { keys: JSON.stringify(await publishedKeys()), ...deps.saved }),
          downloadAs: 'placet-verifier.html',
        }
      },
    }),
  ]
}
