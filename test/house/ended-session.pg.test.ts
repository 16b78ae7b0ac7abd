import { decodeJwt } from 'jose'
import type pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { SubjectId } from '../../src/kernel/ids.ts'
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
