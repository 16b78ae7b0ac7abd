import { SkipLink } from '../parts/skip-link.tsx'
import { Band, Foot, type LayoutProps, Messages } from './furniture.tsx'

/** One sheet, one question. On a phone the sheet is the screen. */
export function SignInLayout({ page, wide, children }: LayoutProps) {
  return (
    <div class="page page--sign-in">
      <div>
        <SkipLink page={page} />
        <Band page={page} />
      </div>
      <main id="main" tabindex={-1}>
        <div class={wide ? 'column column--wide' : 'column'}>
          <div class="sheet">
            <div class="stack">
              <Messages page={page} />
              {children}
            </div>
          </div>
        </div>
      </main>
      <Foot page={page} />
    </div>
  )
}
