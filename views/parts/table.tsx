import type { ComponentChildren } from 'preact'

/** Columns on a wide screen; on a narrow one each row becomes a small list that names its columns. */
export function Table(props: {
  caption: string
  columns: readonly string[]
  rows: readonly { readonly id: string; readonly cells: readonly ComponentChildren[] }[]
}) {
  return (
    <table class="table table--cards">
      <caption class="visually-hidden">{props.caption}</caption>
      <thead>
        <tr>
          {props.columns.map((column) => (
            <th key={column} scope="col">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {props.rows.map(({ id, cells }) => (
          <tr key={id}>
            {cells.map((cell, column) => (
              <td key={props.columns[column]} data-label={props.columns[column]}>
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
