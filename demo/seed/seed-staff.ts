import type { House } from '../../src/compose.ts'
import { createStaff, issueEnrolment } from '../../src/features/staff/index.ts'
import { PlacetError } from '../../src/kernel/errors.ts'
import { seeder } from './seed-registry.ts'
import { staff } from './staff.ts'

const [marta] = staff

const partsOf = ({ consoleWork, platform }: House) => ({
  work: consoleWork,
  clock: platform.clock,
  entropy: platform.entropy,
})

/** Accounts of everybody who works here, without a passkey yet; who is there already stays as they are. Ids by key. */
export async function seedStaff(house: House): Promise<ReadonlyMap<string, string>> {
  for (const { login, displayName, roles } of staff) {
    await createStaff(partsOf(house), { actor: seeder, login, displayName, roles }).catch(
      (error: unknown) => {
        if (!(error instanceof PlacetError && error.code === 'login-taken')) throw error
      },
    )
  }
  const rows = await house.platform.lanes.console('staff').select('login', 'staff_id')
  return new Map(
    staff.map(({ key, login }) => [key, String(rows.find((row) => row.login === login)?.staff_id)]),
  )
}

/** A fresh, single-use link with which whoever follows the tour becomes the demo's DPO on their own passkey. */
export async function staffEnrolmentLink(house: House): Promise<string> {
  const { enrolmentToken } = await issueEnrolment(partsOf(house), { actor: seeder, login: marta.login })
  return `${house.config.issuer.origin}/staff/enrol?token=${enrolmentToken}`
}
