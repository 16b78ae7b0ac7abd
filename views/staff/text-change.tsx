import type { PageContext } from '../page-context.ts'
import { Diff, type TextDifference } from '../parts/diff.tsx'
import { inTongue, languageName, type SurfaceWord } from './purpose-words.ts'

/** One wording of a version against the one before it, or the only one there is. */
export interface TextChangeModel {
  readonly language: string
  readonly surface: SurfaceWord
  readonly change:
    | { readonly kind: 'same' }
    | { readonly kind: 'new' | 'gone'; readonly text: string }
    | { readonly kind: 'changed'; readonly difference: TextDifference }
}

export const textName = (
  page: PageContext,
  text: { readonly language: string; readonly surface: SurfaceWord },
): string =>
  page.t('purpose.textOf', {
    surface: page.t(`surface.${text.surface}`),
    language: languageName(page, text.language),
  })

export function TextChanges({ page, changes }: { page: PageContext; changes: readonly TextChangeModel[] }) {
  const { t } = page
  return (
    <>
      {changes.map(({ change, ...text }) => (
        <div key={`${text.language}.${text.surface}`} class="stack stack--close">
          <h3>{textName(page, text)}</h3>
          {change.kind === 'same' && <p class="soft">{t('purpose.sameWords')}</p>}
          {(change.kind === 'new' || change.kind === 'gone') && (
            <>
              <p class="soft">{t(change.kind === 'new' ? 'purpose.newText' : 'purpose.goneText')}</p>
              <p {...inTongue(page, text.language)}>{change.text}</p>
            </>
          )}
          {change.kind === 'changed' && (
            <Diff page={page} of={{ ...change.difference, language: text.language }} />
          )}
        </div>
      ))}
    </>
  )
}
