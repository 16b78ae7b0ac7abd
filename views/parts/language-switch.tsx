import type { PageContext } from '../page-context.ts'

/** In the same place on every page (WCAG 3.2.6). Each language is named in itself. */
export function LanguageSwitch({ page }: { page: PageContext }) {
  return (
    <nav aria-label={page.t('page.languages')}>
      <ul class="languages">
        {page.languages.map(({ code, name, href }) => (
          <li key={code}>
            {code === page.language ? (
              <span aria-current="true" lang={code}>
                {name}
              </span>
            ) : (
              <a href={href} lang={code} hreflang={code}>
                {name}
              </a>
            )}
          </li>
        ))}
      </ul>
    </nav>
  )
}
