import type { PageContext } from '../page-context.ts'

export const SkipLink = ({ page }: { page: PageContext }) => (
  <a class="skip" href="#main">
    {page.t('page.skip')}
  </a>
)
