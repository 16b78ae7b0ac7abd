import { appendAuditEntries } from '../../../src/features/audit/index.ts'
import {
  beginEnrolment,
  beginStaffSignIn,
  createStaff,
  enrolStaffPasskey,
  pgStaffChallenges,
  pgStaffDirectory,
  pgStaffStores,
  type RoleAssignment,
  signInStaff,
} from '../../../src/features/staff/index.ts'
import type { Actor } from '../../../src/kernel/actor.ts'
import type { Evidence } from '../../../src/kernel/evidence.ts'
import { systemEntropy } from '../../../src/platform/crypto/index.ts'
import { openLane } from '../../../src/platform/db/lanes.ts'
import { openPipelinedReader } from '../../../src/platform/db/pipelined-reader.ts'
import { unitOfWork } from '../../../src/platform/db/unit-of-work.ts'
import { createTestDatabase } from '../../support/postgres.ts'
import { softwareAuthenticator } from './software-authenticator.ts'

export const byCommand: Actor = { kind: 'system', name: 'cli' }
export const evidence: Evidence = { channel: 'web', surface: 'admin-console', language: 'es' }
export const browser = 'browser-of-ana'

/** The staff room on a database of its own, with a small shop: two brands, each with a store. */
export async function startStaffHouse(site = { rpId: 'id.localhost', origin: 'http://id.localhost:3000' }) {
  const database = await createTestDatabase()
  const owner = openLane(database.connection, 'test-owner', 2)
  const knex = openLane(database.appConnection, 'test', 25)
  const reader = openPipelinedReader(database.appConnection, 'test')
  const deps = {
    work: unitOfWork(knex, pgStaffStores, (trx, entries) => appendAuditEntries(trx, entries)),
    directory: pgStaffDirectory(reader),
    challenges: pgStaffChallenges(reader),
    party: { id: site.rpId, name: 'Placet', origin: site.origin },
    clock: { now: () => new Date('2026-11-22T10:00:00Z') },
    entropy: systemEntropy,
  }
  await owner('touchpoints').insert([
    { touchpoint_id: 'norte', parent_id: null, kind: 'brand', name: 'Tienda Norte' },
    { touchpoint_id: 'vigo', parent_id: 'norte', kind: 'store', name: 'Tienda Norte Vigo' },
    { touchpoint_id: 'sur', parent_id: null, kind: 'brand', name: 'Tienda Sur' },
    { touchpoint_id: 'cadiz', parent_id: 'sur', kind: 'store', name: 'Tienda Sur Cádiz' },
  ])

  const hire = (login: string, ...roles: RoleAssignment[]) =>
    createStaff(deps, { actor: byCommand, login, displayName: login, roles })

  /** Somebody with an account and a passkey of their own. */
  const settle = async (login: string, ...roles: RoleAssignment[]) => {
    const { staffId, enrolmentToken } = await hire(login, ...roles)
    const passkey = softwareAuthenticator(site)
    const options = await beginEnrolment(deps, { token: enrolmentToken, browser })
    await enrolStaffPasskey(deps, {
      token: enrolmentToken,
      browser,
      response: passkey.create(options),
      name: 'portátil',
      evidence,
    })
    const signIn = async () => {
      const response = passkey.get(await beginStaffSignIn(deps, browser))
      return signInStaff(deps, { response, browser, previousSession: undefined, evidence })
    }
    const actor: Actor = {
      kind: 'staff',
      staffId,
      roles: roles.map(({ role }) => role),
      assurance: 'passkey',
    }
    return { staffId, passkey, signIn, actor }
  }

  /** Actions in the trail about somebody, in order. */
  const trailOf = async (staffId: string): Promise<readonly string[]> => {
    const rows = await owner('audit_entries').select('entry').orderBy('seq')
    return rows
      .map(({ entry }) => JSON.parse(entry))
      .filter(({ about }) => about === `staff:${staffId}`)
      .map(({ action }) => action)
  }

  return {
    deps,
    owner,
    site,
    hire,
    settle,
    trailOf,
    stop: async () => {
      await Promise.all([owner.destroy(), knex.destroy(), reader.close()])
      await database.drop()
    },
  }
}

export type StaffHouse = Awaited<ReturnType<typeof startStaffHouse>>
