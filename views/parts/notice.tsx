import type { ComponentChildren } from 'preact'
import type { PageContext } from '../page-context.ts'
import { Icon } from './icon.tsx'

const icons = { success: 'check', info: 'info', warning: 'alert' } as const

export function Notice({ kind, children }: { kind: keyof typeof icons; children: ComponentChildren }) {
  return (
    <div class={`notice notice--${kind}`}>
      <Icon name={icons[kind]} size={24} />
      <div>{children}</div>
    </div>
  )
}

/** What the last action led to, told once on the next page and read out by screen readers. */
export function FlashNotice({ page }: { page: PageContext }) {
  const { notice } = page
  if (!notice) return null
  return (
    <div role="status">
      <Notice kind={notice.kind}>
        <p>{page.t(notice.key, { ...notice.values })}</p>
      </Notice>
    </div>
  )
}
