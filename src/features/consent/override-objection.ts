import type { Actor } from '../../kernel/actor.ts'
import { conflict, invalid, notFound, refused } from '../../kernel/errors.ts'
import type { Evidence } from '../../kernel/evidence.ts'
import type { SubjectId } from '../../kernel/ids.ts'
import { appendAct, type LedgerParts, type Recorded } from './append-act.ts'
import { objectionAgainst } from './known-objections.ts'
import { mustBeOfficer, type OfficersDecision } from './officer.ts'
import { noticeFor, referenceTo } from './published.ts'

export interface OverrideObjection {
  readonly subjectId: SubjectId
  readonly actor: Actor
  readonly evidence: Evidence
  readonly idempotencyKey: string
  readonly controller: string
  readonly brand: string
  readonly purpose: string
  /** The compelling grounds, as the person will read them: sealed with the evidence, never in a log. */
  readonly grounds: string
  /** Where the officer decided and the command line acts. */
  readonly decision?: OfficersDecision
  /** The epoch of what the officer was looking at. */
  readonly seen?: number
}

/** Short of this, nobody has weighed anything. */
export const leastGrounds = 30

/**
 * Records the decision that compelling grounds prevail over an objection by Art. 21(1). Until it is recorded, the objection
 * stands. Advertising cannot be overridden by anybody (21(3)).
 */
export async function overrideObjection(parts: LedgerParts, command: OverrideObjection): Promise<Recorded> {
  const { controller, brand, purpose } = command
  const grounds = command.grounds.trim()
  mustBeOfficer(command)
  if (grounds.length < leastGrounds) {
    throw invalid('grounds-missing', 'Say which compelling grounds prevail, and why.', [
      { field: 'grounds', code: 'grounds-missing' },
    ])
  }
  return appendAct<never>(
    parts,
    { ...command, content: { controller, brand, override: purpose, grounds }, particulars: { grounds } },
    (known, registry, now) => {
      const described = registry.purposes.get(purpose)
      const version = registry.active.get(purpose)
      if (described === undefined || version === undefined) {
        throw notFound('purpose-unknown', 'There is no such purpose.')
      }
      if (described.class === 'marketing') {
        throw refused('objection-absolute', 'Nothing overrides an objection to advertising (Art. 21(3)).')
      }
      if (objectionAgainst({ controller, brand }, known.facts, registry, purpose, now) === undefined) {
        throw conflict('no-objection', 'No objection stands against this purpose.')
      }
      const notice = noticeFor(registry, purpose, known.language)
      return {
        events: [
          {
            type: 'objection_overridden',
            controller,
            brand,
            purpose,
            contactChannel: '*',
            by: 'controller',
            purposeVersion: version.version,
            notice: notice === undefined ? undefined : referenceTo(notice),
            attributes: version.attributes,
            article: '21(1)',
          },
        ],
      }
    },
  )
}
