import type { TableEntry } from './table-entry.ts'

export const oidcTables: Readonly<Record<string, TableEntry>> = {}
