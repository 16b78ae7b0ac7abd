import { renderToString } from 'preact-render-to-string'
import type { PageContext } from '../page-context.ts'
import { Heading } from '../parts/heading.tsx'
import { VerifyForm } from './verify-form.tsx'

export interface SavedVerifierParts {
  readonly keys: string
  readonly css: string
  /** The browser modules in one piece. */
  readonly script: string
  /** CSP sources of the two, such as `sha256-…`. */
  readonly hashes: { readonly css: string; readonly script: string }
}

/**
 * The verifier as one file to keep. It holds its own style, script and keys, and its own policy forbids it to load or
 * send anything at all, so that whoever opens it in ten years, without us, can see that it asks nobody.
 */
export function savedVerifier(page: PageContext, parts: SavedVerifierParts): string {
  const { t } = page
  const policy = [
    "default-src 'none'",
    `style-src '${parts.hashes.css}'`,
    `script-src '${parts.hashes.script}'`,
    "form-action 'none'",
    "base-uri 'none'",
  ].join('; ')
  const body = renderToString(
    <div class="page page--sign-in">
      <main id="main">
        <div class="column">
          <div class="sheet">
            <div class="stack">
              <Heading title={t('verify.title')}>
                <p class="lead">{t('verify.lead')}</p>
              </Heading>
              <VerifyForm page={page} keys={parts.keys} saved />
              <section
                class="stack"
                data-verdict
                tabindex={-1}
                aria-live="polite"
                aria-label={t('verify.result')}
              />
            </div>
          </div>
        </div>
      </main>
    </div>,
  )
  const head = renderToString(
    <>
      <meta charset="utf-8" />
      <meta http-equiv="Content-Security-Policy" content={policy} />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <title>{t('page.title', { title: t('verify.title'), service: page.brand.name })}</title>
    </>,
  )
  return `<!doctype html><html lang="${page.language}"><head>${head}<style>${parts.css}</style></head><body>${body}<script type="module">${parts.script}</script></body></html>`
}
