import type { PageContext } from '../page-context.ts'

/** Name of the brand beside its initial; a brand is told by its words, never by an image alone. */
export function BrandMark({ page, href }: { page: PageContext; href?: string }) {
  const words = page.brand.logoText ?? page.brand.name
  const inside = (
    <>
      <span class="brand__tile" aria-hidden="true">
        {[...words][0]?.toLocaleUpperCase(page.language)}
      </span>
      <span>{words}</span>
    </>
  )
  return href ? (
    <a class="brand" href={href}>
      {inside}
    </a>
  ) : (
    <span class="brand">{inside}</span>
  )
}
