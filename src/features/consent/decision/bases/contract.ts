import type { Basis } from '../matter.ts'
import { deny, permit } from '../matter.ts'

/** Contract (GDPR Art. 6(1)(b)): with this controller, begun and not ended. A sister company's does not serve. */
export const contract: Basis = ({ query, facts, watch }) => {
  for (const { id, controller, at, closedAt } of facts.subject.contracts) {
    if (controller !== query.controller || !watch.reached(at)) continue
    if (watch.reached(closedAt ?? Number.POSITIVE_INFINITY)) continue
    return permit('contract', 'CONTRACT', {
      kind: 'contract',
      ref: id ?? `${controller}/${new Date(at).toISOString()}`,
    })
  }
  return deny('NO_ACTIVE_CONTRACT')
}
