import { KioskHelp } from '../kiosk/help.tsx'
import { BrandMark } from '../parts/brand-mark.tsx'
import { LanguageSwitch } from '../parts/language-switch.tsx'
import { SkipLink } from '../parts/skip-link.tsx'
import { type LayoutProps, Messages } from './furniture.tsx'

/** A screen that people read standing and touch with a finger. No link leads out of it. */
export function KioskLayout({ page, wide, children }: LayoutProps) {
  return (
    <div class="page page--kiosk">
      <div>
        <SkipLink page={page} />
        <header class="band">
          <div class="band__row">
            <BrandMark page={page} />
            <div class="band__tools">
              <LanguageSwitch page={page} />
            </div>
          </div>
        </header>
      </div>
      <main id="main" tabindex={-1}>
        <div class={wide ? 'kiosk kiosk--wide stack stack--loose' : 'kiosk stack stack--loose'}>
          <Messages page={page} />
          {children}
        </div>
      </main>
      <KioskHelp page={page} />
    </div>
  )
}
