import { SkipLink } from '../parts/skip-link.tsx'
import { Tag } from '../parts/tag.tsx'
import { Band, Foot, type LayoutProps, Messages } from './furniture.tsx'

/** Marked as the staff's door, so that nobody takes it for the customers'. */
export function StaffLayout({ page, wide, children }: LayoutProps) {
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
              <Tag tone="accent">{page.t('staff.area')}</Tag>
              <Messages page={page} />
              {children}
            </div>
          </div>
        </div>
      </main>
      <Foot page={page} links={false} />
    </div>
  )
}
