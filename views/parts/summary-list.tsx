import type { ComponentChildren } from 'preact'

export interface SummaryRow {
  readonly label: string
  readonly value: ComponentChildren
  readonly change?: { readonly href: string; readonly words: string }
}

export function SummaryList({ rows }: { rows: readonly SummaryRow[] }) {
  return (
    <dl class="list">
      {rows.map(({ label, value, change }) => (
        <div key={label} {...(change ? { class: 'list__change' } : {})}>
          <dt>{label}</dt>
          <dd>{value}</dd>
          {change && (
            <dd>
              <a href={change.href}>
                {change.words}
                <span class="visually-hidden"> {label}</span>
              </a>
            </dd>
          )}
        </div>
      ))}
    </dl>
  )
}

/** Several values of one kind: one per line when they are long, never run together. */
export function Values({ of }: { of: readonly string[] }) {
  if (of.length === 1) return <>{of[0]}</>
  return (
    <ul>
      {of.map((value) => (
        <li key={value}>{value}</li>
      ))}
    </ul>
  )
}
