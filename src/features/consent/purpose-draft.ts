import { invalid } from '../../kernel/errors.ts'
import type { ContactChannel } from '../../kernel/evidence.ts'
import { period } from './calendar.ts'
import { isDataSource } from './data-source.ts'
import type { Obligation } from './obligations.ts'
import type { Localised } from './published.ts'
import type { LegalBasis, PurposeClass, RestrictionExemption } from './purpose.ts'

/** A version of a purpose as it is proposed. Its legal bases are data of the version: another basis is another version. */
export interface PurposeDraft {
  readonly id: string
  readonly class: PurposeClass
  /** Place on the screens, for a purpose that is new. */
  readonly position?: number
  readonly bases: readonly LegalBasis[]
  readonly attributes: readonly string[]
  readonly contactChannels: readonly ContactChannel[]
  readonly recipients: readonly string[]
  readonly retention: Localised
  readonly howToStop: Localised
  readonly dpv: string
  /** A material change asks everybody again; the first version is material by nature. */
  readonly change: 'editorial' | 'material'
  readonly validity?: string
  readonly art9Ground?: string
  readonly legalReference?: string
  readonly restrictionExempt?: RestrictionExemption
  readonly assessment?: { readonly approved: boolean; readonly reviewBy: string; readonly reference?: string }
  readonly obligations?: readonly Obligation[]
  /** Where the data may come from: `web`, `store`, `partner:acme`. A yes covers no other; left out, it is not narrowed. */
  readonly sources?: readonly string[]
}

const idShape = /^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+$/

/** The registry is read as a whole: one duration that is none would keep all of it from being read. */
const isPeriod = (iso: string): boolean => {
  try {
    period(iso)
    return true
  } catch {
    return false
  }
}

/** Refuses what no registry should hold: a basis that cannot carry the class, or a consent with nothing to agree to. */
export function checkDraft(draft: PurposeDraft): void {
  const wrong = (code: string, detail: string) => {
    throw invalid(code, detail, [{ field: draft.id, code }])
  }
  if (!idShape.test(draft.id)) wrong('purpose-id-shape', 'A purpose id reads like marketing.direct.')
  if (draft.bases.length === 0) wrong('purpose-without-basis', 'A purpose needs a legal basis (GDPR Art. 6).')
  if (draft.contactChannels.length === 0) wrong('purpose-without-channel', 'Name a contact channel, or none.')
  if (draft.contactChannels.includes('none') && draft.contactChannels.length > 1)
    wrong('purpose-channel-mixed', 'A purpose that contacts nobody cannot have contact channels too.')
  if (draft.bases.includes('legitimate_interest') && draft.assessment === undefined)
    wrong('purpose-without-assessment', 'Legitimate interest needs a balancing test (GDPR Art. 6(1)(f)).')
  if (draft.validity !== undefined && !isPeriod(draft.validity))
    wrong('purpose-validity-shape', 'A validity is a duration such as P24M.')
  if (draft.sources?.length === 0 || draft.sources?.some((source) => !isDataSource(source)))
    wrong('purpose-source-shape', 'A data source is a channel such as web, or a name such as partner:acme.')
  if (draft.class === 'marketing' && draft.bases.includes('contract'))
    wrong('purpose-marketing-by-contract', 'Advertising is no performance of a contract (EDPB 2/2019).')
}

/** True when the version would do something else, or with other data or other people: never a mere edit of words. */
export const changesScope = (
  draft: PurposeDraft,
  earlier: {
    readonly bases: readonly string[]
    readonly attributes: readonly string[]
    readonly contactChannels: readonly string[]
    readonly recipients: readonly string[]
    readonly sources?: readonly string[] | undefined
  },
): boolean =>
  (['bases', 'attributes', 'contactChannels', 'recipients', 'sources'] as const).some(
    (part) => [...(draft[part] ?? [])].sort().join() !== [...(earlier[part] ?? [])].sort().join(),
  )
