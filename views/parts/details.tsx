import type { ComponentChildren } from 'preact'
import { Icon } from './icon.tsx'

/** A second layer that opens in place, without script. `about` tells screen readers which of several it is. */
export function Details(props: {
  summary: string
  about?: string
  open?: boolean
  children: ComponentChildren
}) {
  return (
    <details class="details" open={props.open ?? false}>
      <summary>
        <Icon name="chevron" size={16} class="icon--turn" />
        <span>
          {props.summary}
          {props.about && <span class="visually-hidden">: {props.about}</span>}
        </span>
      </summary>
      <div class="details__body">{props.children}</div>
    </details>
  )
}
