import type { EventDeclaration } from '../../kernel/event.ts'

/** This room tells nobody of single releases: they are records, read where they are asked for. */
export const recipientEventDeclarations: readonly EventDeclaration[] = []
