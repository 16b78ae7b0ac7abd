import type { PageContext } from '../page-context.ts'

/** Who is signing in, with the way back. Typed once, carried through every step (WCAG 3.3.7). */
export const Identity = ({
  page,
  who,
  changeHref,
}: {
  page: PageContext
  who: string
  changeHref?: string
}) => (
  <p class="identity">
    <strong>{who}</strong>
    {changeHref && (
      <a href={changeHref}>
        {page.t('identity.change')}
        <span class="visually-hidden"> {page.t('identity.changeWhat')}</span>
      </a>
    )}
  </p>
)
