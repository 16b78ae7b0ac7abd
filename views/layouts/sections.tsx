import type { VNode } from 'preact'
import type { MessageKey } from '../locales/translator.ts'
import type { PageContext } from '../page-context.ts'
import { Button } from '../parts/button.tsx'
import { Form } from '../parts/form.tsx'
import { Icon } from '../parts/icon.tsx'

/** The rooms of a house for one's own, in a row or, where that is too narrow, behind one button; and the way out of it. */
export function Sections(props: {
  readonly page: PageContext
  readonly title: MessageKey
  readonly menu: MessageKey
  /** A list of links; it stands in both. */
  readonly rooms: VNode
  readonly signOut: { readonly action: string; readonly words: MessageKey }
}) {
  const { page, title, menu, rooms, signOut } = props
  return (
    <div class="sections">
      <div class="sections__bar">
        <nav class="sections__row" aria-label={page.t(title)}>
          {rooms}
        </nav>
        <nav class="sections__menu" aria-label={page.t(menu)}>
          <details>
            <summary>
              <Icon name="menu" />
              {page.t(menu)}
              <Icon name="chevron" size={16} class="icon--turn" />
            </summary>
            {rooms}
          </details>
        </nav>
        <Form page={page} action={signOut.action} class="plain">
          <Button weight="quiet">{page.t(signOut.words)}</Button>
        </Form>
      </div>
    </div>
  )
}
