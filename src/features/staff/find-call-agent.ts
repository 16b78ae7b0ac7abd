import type { StaffId } from '../../kernel/ids.ts'
import type { TouchpointTree } from '../../kernel/touchpoint.ts'
import { may } from './may.ts'
import { powersOfRole } from './powers.ts'
import type { StaffDirectory } from './staff-directory.ts'

/**
 * The active member of staff who may verify callers at this place; undefined place: wherever their role holds. A client
 * vouches for them, so nothing is known of how they proved themselves to it; whether they work here and may do this is
 * looked up here at every request.
 */
export async function findCallAgent(
  parts: { readonly directory: Pick<StaffDirectory, 'assignments'>; readonly tree: () => TouchpointTree },
  staffId: StaffId,
  touchpointId: string | undefined,
): Promise<{ readonly staffId: StaffId } | undefined> {
  const assignments = await parts.directory.assignments(staffId)
  if (assignments === undefined) return undefined
  const able =
    touchpointId === undefined
      ? assignments.some(({ role }) => powersOfRole[role].includes('caller.verify'))
      : may({ assignments, assurance: 'passkey' }, 'caller.verify', touchpointId, parts.tree()).allowed
  return able ? { staffId } : undefined
}
