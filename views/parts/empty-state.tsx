import type { ComponentChildren } from 'preact'
import { Icon, type IconName } from './icon.tsx'

export const EmptyState = (props: { icon: IconName; title: string; children?: ComponentChildren }) => (
  <div class="empty">
    <Icon name={props.icon} size={32} />
    <h2>{props.title}</h2>
    {props.children}
  </div>
)
