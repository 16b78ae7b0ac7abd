import type { PageContext } from '../page-context.ts'
import { Select } from '../parts/select.tsx'

export interface StoreOption {
  readonly id: string
  readonly name: string
}

/** Which of their stores it is; whoever works in one is not asked. */
export function StoreField(props: { page: PageContext; stores: readonly StoreOption[]; value: string }) {
  const { page, stores, value } = props
  const [only, ...more] = stores
  if (only !== undefined && more.length === 0) return <input type="hidden" name="store" value={only.id} />
  return (
    <Select
      page={page}
      name="store"
      label={page.t('store.store')}
      value={value}
      options={stores.map(({ id, name }) => ({ value: id, words: name }))}
    />
  )
}

export function LanguageField(props: { page: PageContext; label: string; value: string }) {
  const { page, label, value } = props
  return (
    <Select
      page={page}
      name="language"
      label={label}
      value={value}
      options={(['es', 'en'] as const).map((code) => ({
        value: code,
        words: page.t(`store.enrol.language.${code}`),
      }))}
    />
  )
}
