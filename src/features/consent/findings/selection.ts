import type { ConsentEventId } from '../../../kernel/ids.ts'
import type { ProvenAct } from '../evidence-of-act.ts'

/** Which answers a finding is about: a batch, a place, a wording, or a single act. */
export type Selection =
  | { readonly by: 'import'; readonly importId: string }
  | { readonly by: 'touchpoint'; readonly touchpoint: string; readonly from?: Date; readonly until?: Date }
  | {
      readonly by: 'notice'
      readonly noticeId: string
      readonly version: number
      readonly language?: string
    }
  | { readonly by: 'act'; readonly eventId: ConsentEventId }

/** The same in one line, for the trail and for what proves each act. */
export function namedSelection(selection: Selection): string {
  switch (selection.by) {
    case 'import':
      return `import:${selection.importId}`
    case 'touchpoint': {
      const { touchpoint, from, until } = selection
      const span = [from, until].map((at) => at?.toISOString() ?? '').join('/')
      return `touchpoint:${touchpoint}${span === '/' ? '' : ` ${span}`}`
    }
    case 'notice':
      return `notice:${selection.noticeId}/${selection.version}${selection.language === undefined ? '' : `/${selection.language}`}`
    case 'act':
      return `act:${selection.eventId}`
  }
}

/** What only the sealed evidence tells: of which import an answer came, and where it was given. */
export function isSelected(selection: Selection, proof: ProvenAct): boolean {
  if (selection.by === 'import') return proof.particulars?.['import'] === selection.importId
  if (selection.by === 'touchpoint') return proof.evidence.touchpoint === selection.touchpoint
  return true
}
