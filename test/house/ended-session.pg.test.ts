import { decodeJwt } from 'jose'
import type pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readAuditStream } from '../../src/features/audit/index.ts'
import type { SubjectId } from '../../src/kernel/ids.ts'
import { bearerHash } from '../../src/oidc/bearer-hash.ts'
import { openPool } from '../oidc/support/arrange.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import {
  authorizationOf,
  codeFor,
  personCalled,
  pkce,
  post,
  relyingParty,
  tokensFor,
  Visitor,
} from './visitor.ts'

let app: TestApp
let owner: pg.Pool
beforeAll(async () => {
  app = await startTestApp({ people: true })
  owner = openPool(app.database.connection)
})
afterAll(async () => {
  await owner?.end()
  await app?.close()
})

/** Ends a person's sessions as `sessions.endAll` does, and waits with the commit until released. */
async function endSlowly(subjectId: SubjectId) {
  const holder = await owner.connect()
  await holder.query('begin')
  for (const table of ['oidc_grants', 'oidc_tokens', 'oidc_sessions'])
    await holder.query(`delete from ${table} where subject_id = $1`, [subjectId])
  return async () => {
    await holder.query('commit')
    holder.release()
  }
}

/** The person behind an access token; their name towards clients is another one. */
const subjectOf = async (token: string): Promise<SubjectId> => {
  const { rows } = await owner.query('select subject_id from oidc_tokens where id_hash = $1', [
    bearerHash(token),
  ])
  return rows[0].subject_id
}

const waiting = async () => {
  const { rows } = await owner.query(
    "select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
  )
  return rows[0].n as number
}

it.each([
  ['signs in to a client it was not at before', 'correo-norte'],
  ['asks a client it was at before for more', 'tienda-norte-web'],
])('a session ended in the same moment in which it %s stays ended (R33, R36)', async (_, clientId) => {
  const ana = personCalled('ana')
  const web = relyingParty(app, 'tienda-norte-web')
  const visitor = new Visitor(app.origin)
  const tokens = await tokensFor(app.origin, visitor, web, ana, { scope: 'openid' })
  const subjectId = decodeJwt(tokens.id_token!).sub as SubjectId
  const party = relyingParty(app, clientId)
  const { challenge, verifier } = pkce()

  const commit = await endSlowly(subjectId)
  // The thief's browser asks once more, and has read the session by the time it is gone.
  const asked = visitor.open(authorizationOf(party, challenge))
  await expect.poll(waiting).toBe(1)
  await commit()
  const answer = await asked

  const code = answer.url.searchParams.get('code')
  if (code !== null) {
    const redeemed = await post(app.origin, '/oidc/token', party, {
      grant_type: 'authorization_code',
      code,
      code_verifier: verifier,
      redirect_uri: party.redirectUri,
    })
    expect(redeemed.status).toBe(400)
  }
  const { rows } = await owner.query('select count(*)::int as n from oidc_sessions where subject_id = $1', [
    subjectId,
  ])
  expect(rows[0].n).toBe(0)
  const { rows: grants } = await owner.query(
    'select count(*)::int as n from oidc_grants where subject_id = $1',
    [subjectId],
  )
  expect(grants[0].n).toBe(0)
  expect((await visitor.ask('/privacy')).status).toBe(303)
  await codeFor(visitor, web, ana)
})

it.each([
  ['a session ends', (of: SubjectId) => app.house.oidc.sessions.endAll(of), 'oidc.all-sessions-ended'],
  [
    'a client is revoked',
    (of: SubjectId) => app.house.oidc.authorizations.revoke(of, 'correo-norte'),
    'oidc.client-revoked',
  ],
  [
    'everything is revoked',
    (of: SubjectId) => app.house.oidc.sessions.revokeEverything(of, { kind: 'system', name: 'test' }),
    'oidc.everything-revoked',
  ],
])('%s and its entry in the trail are kept together or not at all (R100)', async (_, end, action) => {
  const party = relyingParty(app, 'correo-norte')
  const bruno = personCalled('bruno')
  const tokens = await tokensFor(app.origin, new Visitor(app.origin), party, bruno)
  const token = tokens.access_token
  const subjectId = await subjectOf(token)
  const alive = async () => {
    const answer = await post(app.origin, '/oidc/introspect', party, { token })
    return ((await answer.json()) as { active: boolean }).active
  }
  const recorded = async () => {
    const { lines, verdict } = await readAuditStream(app.house.platform.lanes.console, subjectId)
    expect(verdict.intact).toBe(true)
    return lines.filter(({ entry }) => entry['action'] === action).length
  }

  await owner.query('revoke insert on audit_entries from placet_app')
  try {
    await expect(end(subjectId)).rejects.toMatchObject({ code: '42501' })
    expect(await alive()).toBe(true)
  } finally {
    await owner.query('grant insert on audit_entries to placet_app')
  }
  expect(await recorded()).toBe(0)
  await end(subjectId)
  expect(await alive()).toBe(false)
  expect(await recorded()).toBe(1)
})

it('taking back what was never allowed is no fact, and leaves no entry', async () => {
  const party = relyingParty(app, 'correo-norte')
  const { access_token } = await tokensFor(app.origin, new Visitor(app.origin), party, personCalled('bruno'))
  const subjectId = await subjectOf(access_token)
  expect(await app.house.oidc.authorizations.revoke(subjectId, 'nobody-s-client')).toBe(false)
  const { lines } = await readAuditStream(app.house.platform.lanes.console, subjectId)
  expect(lines.filter(({ entry }) => entry['about'] === 'client:nobody-s-client')).toEqual([])
})
