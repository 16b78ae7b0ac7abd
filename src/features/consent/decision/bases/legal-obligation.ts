import type { Basis } from '../matter.ts'
import { permit } from '../matter.ts'

/**
 * Legal obligation (GDPR Art. 6(1)(c)): that the purpose has it is decided when the purpose is registered. On blocked
 * data it shows as the exception it is; who may use it the life-cycle rule has settled (LOPDGDD art. 32.2).
 */
export const legalObligation: Basis = ({ purpose, facts }) =>
  permit('legal_obligation', facts.subject.state === 'blocked' ? 'BLOCKED_EXCEPTION' : 'LEGAL_OBLIGATION', {
    kind: 'law',
    ref: purpose.legalReference ?? `purpose:${purpose.id}`,
  })
