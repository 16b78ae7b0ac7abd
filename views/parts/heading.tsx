import type { ComponentChildren } from 'preact'
import type { PageContext } from '../page-context.ts'
import { Icon, type IconName } from './icon.tsx'

/** The page's question, and one sentence under it. */
export function Heading(props: { title: string; icon?: IconName; children?: ComponentChildren }) {
  return (
    <header class="heading">
      {props.icon && <Icon name={props.icon} size={32} class="icon--lead" />}
      <h1>{props.title}</h1>
      {props.children}
    </header>
  )
}

/** "Para continuar en Tienda Norte". */
export function ForClient({ page }: { page: PageContext }) {
  if (!page.clientName) return null
  return <p class="heading__for">{page.t('page.forClient', { client: page.clientName })}</p>
}
