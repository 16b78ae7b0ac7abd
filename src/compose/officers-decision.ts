import type { Decided } from '../cli/command-house.ts'
import type { OfficersDecision } from '../features/consent/index.ts'
import type { pgStaffDirectory } from '../features/staff/index.ts'
import { notFound, refused } from '../kernel/errors.ts'

/** Who decided what a command carries out: somebody who is an officer here, and no other. */
export const officersDecision =
  (directory: Pick<ReturnType<typeof pgStaffDirectory>, 'officer'>) =>
  async ({ officer, reason }: Decided): Promise<OfficersDecision> => {
    const login = officer.trim().toLowerCase()
    if (login === '') throw refused('officer-only', 'Only the data protection officer can decide this.')
    const decidedBy = await directory.officer(login)
    if (decidedBy !== undefined) return { decidedBy, reason }
    throw notFound('officer-unknown', `${officer} is no data protection officer here.`)
  }
