import { SkipLink } from '../parts/skip-link.tsx'
import { Band, type LayoutProps, Messages } from './furniture.tsx'

/** For pages that must work when little else does, errors, and for those that belong to nobody: references. */
export function PlainLayout({ page, wide, children }: LayoutProps) {
  return (
    <div class="page page--sign-in">
      <div>
        <SkipLink page={page} />
        <Band page={page} />
      </div>
      <main id="main" tabindex={-1}>
        <div class={wide ? 'centre' : 'column'}>
          <div class="sheet">
            <div class="stack">
              <Messages page={page} />
              {children}
            </div>
          </div>
        </div>
      </main>
      <footer class="foot">
        <div class="foot__row">
          {page.brand.helpHref && <a href={page.brand.helpHref}>{page.t('page.help')}</a>}
        </div>
      </footer>
    </div>
  )
}
