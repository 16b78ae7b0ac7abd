import type { TableEntry } from '../../platform/db/data-map/table-entry.ts'

const mayDo = {
  append: 'reads and appends',
  advance: 'reads, appends and updates',
  change: 'reads and changes',
  read: 'reads',
} as const

export function dataMapPage(tables: Readonly<Record<string, TableEntry>>): string {
  const rooms = [...new Set(Object.values(tables).map(({ room }) => room))].sort()
  const sections = rooms.map((room) => {
    const parts = Object.entries(tables)
      .filter(([, entry]) => entry.room === room)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([table, entry]) =>
        [
          `### ${table}`,
          '',
          `The service ${mayDo[entry.application]}. ${entry.ofSubject ? 'Rows of a subject.' : 'Not by subject.'}`,
          `Kept: ${entry.retention}. On erasure: ${entry.onErasure}.`,
          '',
          '| column | classification |',
          '|---|---|',
          ...Object.entries(entry.columns).map(
            ([column, classification]) => `| \`${column}\` | ${classification} |`,
          ),
          '',
        ].join('\n'),
      )
    return [`## ${room}`, '', ...parts].join('\n')
  })
  return [
    '# Data map',
    '',
    'Every table and column with its classification, generated from `src/platform/db/data-map` by `placet docs`. Grants,',
    'export, erasure and retention are driven by the same data, and a column nobody classified fails the tests.',
    '',
    ...sections,
  ].join('\n')
}
