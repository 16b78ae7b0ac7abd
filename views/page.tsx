import { renderToString } from 'preact-render-to-string'
import { Document, type Sheet } from './layouts/document.tsx'
import { KioskLayout } from './layouts/kiosk-layout.tsx'
import { PlainLayout } from './layouts/plain-layout.tsx'
import { PrivacyLayout } from './layouts/privacy-layout.tsx'
import { SignInLayout } from './layouts/sign-in-layout.tsx'
import { StaffLayout } from './layouts/staff-layout.tsx'
import type { PageContext, View } from './page-context.ts'

export { type MessageKey, negotiateLanguage, type Translate, translator } from './locales/translator.ts'
export type {
  BrandModel,
  ConsoleMenu,
  Language,
  PageContext,
  View,
} from './page-context.ts'

const layouts = {
  'sign-in': SignInLayout,
  privacy: PrivacyLayout,
  staff: StaffLayout,
  plain: PlainLayout,
  kiosk: KioskLayout,
} as const

/** What only this layout draws, beside the stylesheet that every page has. */
const sheets: Partial<Record<keyof typeof layouts, Sheet>> = { staff: 'console', kiosk: 'kiosk' }

/** The whole answer body. Holds no inline style or script, so it stands under the strict CSP. */
export function renderPage<Model>(view: View<Model>, model: Model, page: PageContext): string {
  const Layout = layouts[view.layout]
  const Body = view.body
  const wrong = page.formError !== undefined || (page.fieldErrors ?? []).length > 0
  const name = page.t('page.title', { title: view.title(model, page), service: page.brand.name })
  const refresh = view.refresh?.(model)
  const looksAgain = view.looksAgain?.(model)
  const sheet = sheets[view.layout]
  const html = renderToString(
    <Document
      page={page}
      title={wrong ? page.t('page.titleWithError', { title: name }) : name}
      modules={view.modules ?? []}
      {...(sheet === undefined ? {} : { sheet })}
      {...(refresh === undefined ? {} : { refresh })}
      {...(looksAgain === undefined ? {} : { looksAgain })}
    >
      <Layout page={page} id={view.id} wide={view.wide ?? false}>
        <Body model={model} page={page} />
      </Layout>
    </Document>,
  )
  return `<!doctype html>${html}`
}
