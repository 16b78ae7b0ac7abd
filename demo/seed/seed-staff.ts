import type { House } from '../../src/compose.ts'
import { createStaff, issueEnrolment } from '../../src/features/staff/index.ts'
import { PlacetError } from '../../src/kernel/errors.ts'
import { seeder } from './seed-registry.ts'

const dpo = {
  login: 'dpo@tiendanorte.example',
  displayName: 'Marta Rey',
  roles: [{ role: 'dpo', touchpointId: undefined }],
} as const

/** A fresh, single-use link with which whoever follows the tour becomes the demo's DPO on their own passkey. */
export async function staffEnrolmentLink({ consoleWork, platform, config }: House): Promise<string> {
  const parts = { work: consoleWork, clock: platform.clock, entropy: platform.entropy }
  const link = (token: string) => `${config.issuer.origin}/staff/enrol?token=${token}`
  try {
    return link((await createStaff(parts, { actor: seeder, ...dpo })).enrolmentToken)
  } catch (error) {
    if (!(error instanceof PlacetError && error.failure === 'conflict')) throw error
    return link((await issueEnrolment(parts, { actor: seeder, login: dpo.login })).enrolmentToken)
  }
}
