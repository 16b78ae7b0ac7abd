import type { ComponentChildren } from 'preact'

/** Facts in the order they happened, newest first. */
export function Timeline(props: {
  entries: readonly { readonly id: string; readonly body: ComponentChildren }[]
}) {
  return (
    <ol class="timeline">
      {props.entries.map(({ id, body }) => (
        <li key={id}>
          <div class="stack stack--close">{body}</div>
        </li>
      ))}
    </ol>
  )
}
