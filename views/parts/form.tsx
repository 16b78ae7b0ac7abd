import type { ComponentChildren } from 'preact'
import type { PageContext } from '../page-context.ts'

/** Posts to the page's own address unless told otherwise, and always carries the CSRF token. */
export function Form(props: {
  page: PageContext
  action?: string
  id?: string
  class?: string
  children: ComponentChildren
}) {
  return (
    <form
      method="post"
      action={props.action ?? props.page.path}
      class={props.class ?? 'stack'}
      novalidate
      {...(props.id === undefined ? {} : { id: props.id })}
    >
      <Token page={props.page} />
      {props.children}
    </form>
  )
}

export const Token = ({ page }: { page: PageContext }) => (
  <input type="hidden" name="_csrf" value={page.csrf} />
)
