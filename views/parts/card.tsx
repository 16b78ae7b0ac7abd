import type { ComponentChildren } from 'preact'

/** A section with its own heading. `head` stands beside the title, such as a tag. */
export function Card(props: {
  id: string
  title: string
  level?: 2 | 3
  head?: ComponentChildren
  children?: ComponentChildren
}) {
  const Heading = props.level === 3 ? 'h3' : 'h2'
  return (
    <section class="card" aria-labelledby={props.id}>
      <div class="card__head">
        <Heading id={props.id}>{props.title}</Heading>
        {props.head}
      </div>
      {props.children}
    </section>
  )
}
