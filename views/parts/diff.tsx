import type { PageContext } from '../page-context.ts'
import { differenceOf } from './word-difference.ts'

/** Two versions of a text in one language. */
export interface TextDifference {
  readonly before: string
  readonly after: string
  readonly versions?: { readonly before: string; readonly after: string }
  /** BCP 47, when it may not be the page's. */
  readonly language?: string
}

/** A text that changed, with what was taken out and what was put in marked, in words for those who do not see the marks. */
export function Diff({ page, of }: { page: PageContext; of: TextDifference }) {
  const { t } = page
  const foreign = of.language !== undefined && of.language !== page.language
  const parts = differenceOf(of.before, of.after)
  return (
    <>
      <p {...(foreign ? { lang: of.language } : {})}>
        {parts.map(({ kind, text }, position) => {
          const key = `${position}${kind}`
          if (kind === 'same') return <span key={key}>{text}</span>
          const Mark = kind === 'added' ? 'ins' : 'del'
          const words = text.trimEnd()
          return (
            <span key={key}>
              <Mark>
                <span class="visually-hidden" {...(foreign ? { lang: page.language } : {})}>
                  {t(kind === 'added' ? 'diff.added' : 'diff.removed')}{' '}
                </span>
                {words}
              </Mark>
              {text.slice(words.length) || (parts[position + 1]?.kind === 'added' ? ' ' : '')}
            </span>
          )
        })}
      </p>
      {of.versions && <p class="soft">{t('purpose.changedVersions', { ...of.versions })}</p>}
    </>
  )
}
