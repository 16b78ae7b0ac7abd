import type { ConsoleMenu, PageContext } from '../page-context.ts'
import { SkipLink } from '../parts/skip-link.tsx'
import { Tag } from '../parts/tag.tsx'
import { Band, Foot, type LayoutProps, Messages } from './furniture.tsx'
import { Sections } from './sections.tsx'

/** Marked as the staff's door, so that nobody takes it for the customers'. Whoever has come in finds the rooms above. */
export function StaffLayout(props: LayoutProps) {
  const { menu } = props.page
  return menu === undefined ? <Door {...props} /> : <Room {...props} menu={menu} />
}

function Door({ page, wide, children }: LayoutProps) {
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

const Rooms = ({ page, menu }: { page: PageContext; menu: ConsoleMenu }) => (
  <ul>
    {menu.items.map(({ href, words, current }) => (
      <li key={href}>
        <a href={href} {...(current === undefined ? {} : { 'aria-current': current })}>
          {page.t(words)}
        </a>
      </li>
    ))}
  </ul>
)

function Room({ page, menu, children }: LayoutProps & { menu: ConsoleMenu }) {
  return (
    <div class="page">
      <div>
        <SkipLink page={page} />
        <Band page={page} homeHref="/staff" />
        <Sections
          page={page}
          title="consoleMenu.title"
          menu="consoleMenu.open"
          rooms={<Rooms page={page} menu={menu} />}
          signOut={{ action: menu.signOutAction, words: 'staffHome.signOut' }}
        />
      </div>
      <main id="main" tabindex={-1}>
        <div class="centre stack">
          <Tag tone="accent">{page.t('staff.area')}</Tag>
          <Messages page={page} />
          {children}
        </div>
      </main>
      <Foot page={page} links={false} />
    </div>
  )
}
