import type { ComponentChildren } from 'preact'
import type { PageContext } from '../page-context.ts'
import { BrandMark } from '../parts/brand-mark.tsx'
import { ErrorSummary } from '../parts/errors.tsx'
import { LanguageSwitch } from '../parts/language-switch.tsx'
import { FlashNotice } from '../parts/notice.tsx'

export interface LayoutProps {
  readonly page: PageContext
  readonly id: string
  readonly wide: boolean
  readonly children: ComponentChildren
}

export const Band = (props: { page: PageContext; homeHref?: string }) => (
  <header class="band">
    <div class="band__row">
      <BrandMark page={props.page} {...(props.homeHref ? { href: props.homeHref } : {})} />
      <div class="band__tools">
        <LanguageSwitch page={props.page} />
      </div>
    </div>
  </header>
)

/** Help and privacy, in the same order everywhere (WCAG 3.2.6). */
export const Foot = ({ page, links = true }: { page: PageContext; links?: boolean }) => (
  <footer class="foot">
    <div class="foot__row">
      {page.brand.helpHref && <a href={page.brand.helpHref}>{page.t('page.help')}</a>}
      {links && <a href="/privacy">{page.t('page.privacy')}</a>}
    </div>
  </footer>
)

export const Messages = ({ page }: { page: PageContext }) => (
  <>
    <ErrorSummary page={page} />
    <FlashNotice page={page} />
  </>
)
