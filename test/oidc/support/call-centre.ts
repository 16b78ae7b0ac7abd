import type pg from 'pg'
import type { SubjectId } from '../../../src/kernel/ids.ts'
import type { CallRequest, CallVisitor, OidcDeps } from '../../../src/oidc/index.ts'
import { systemEntropy } from '../../../src/platform/crypto/index.ts'
import { createTestDatabase } from '../../support/postgres.ts'
import { arrangeClient, arrangeSubject, openPool, secretOf } from './arrange.ts'
import { houseDesk } from './call-house.ts'
import { openHouse } from './house.ts'

export const cibaGrant = 'urn:openid:params:grant-type:ciba'

const clientMetadata = {
  client_name: 'Atención al cliente',
  redirect_uris: [],
  grant_types: [cibaGrant],
  scope: 'openid profile email',
  backchannel_token_delivery_mode: 'poll',
}

export async function arrangeAgent(db: pg.Pool, role = 'agent', touchpoint?: string): Promise<string> {
  const staffId = systemEntropy.id<'staff'>()
  await db.query(
    `insert into staff (staff_id, login, display_name, created_at) values ($1, $2, 'Marta', now())`,
    [staffId, `marta-${staffId}`],
  )
  await db.query(
    `insert into staff_roles (staff_id, role, touchpoint_id, granted_at) values ($1, $2, $3, now())`,
    [staffId, role, touchpoint ?? null],
  )
  return staffId
}

/** As the house settles it: no grant, no credential. */
async function arrangeDesk(db: pg.Pool): Promise<void> {
  const metadata = {
    client_name: 'Atención al cliente de Tienda Norte',
    redirect_uris: [],
    response_types: [],
    grant_types: [],
    token_endpoint_auth_method: 'none',
    subject_type: 'public',
  }
  await db.query(
    `insert into clients (client_id, recipient_id, first_party, channel, metadata, secret_hashes, created_at, updated_at)
     values ($1, 'tienda', true, 'call-centre', $2, '{}', now(), now())`,
    [houseDesk, JSON.stringify(metadata)],
  )
}

export const visitorOf = (subjectId: SubjectId, more: Partial<CallVisitor> = {}): CallVisitor => ({
  subjectId,
  assurance: 'passkey',
  authenticatedAt: new Date(),
  sessionRef: `session-${subjectId}`,
  evidence: { channel: 'call-centre', surface: 'call-approval', language: 'es' },
  ...more,
})

export type CallAnswer = string | (Omit<CallRequest, 'startedAt' | 'expiresAt'> & { startedAt: string })

export async function answerCall(
  origin: string,
  step: 'open' | 'approve' | 'decline' | 'report',
  link: string,
  who: CallVisitor,
): Promise<CallAnswer> {
  const response = await fetch(`${origin}/call/${step}`, {
    method: 'POST',
    body: JSON.stringify({ link, who }),
  })
  if (response.status !== 200) throw new Error(`the page got ${response.status}: ${await response.text()}`)
  return ((await response.json()) as { answer: CallAnswer }).answer
}

export interface Said {
  readonly status: number
  readonly body: Record<string, unknown>
}

export type CallCentre = Awaited<ReturnType<typeof openCallCentre>>

/** A house with a call centre: two clients that ask, one that does not, an agent, and customers with their own devices. */
export async function openCallCentre(deps: Partial<OidcDeps> = {}) {
  const database = await createTestDatabase()
  const db: pg.Pool = openPool(database.connection)
  await arrangeClient(db, { clientId: 'call-centre', metadata: clientMetadata })
  await arrangeClient(db, { clientId: 'other-centre', metadata: clientMetadata })
  await arrangeClient(db, { clientId: 'plain-web' })
  await arrangeDesk(db)
  const agent = await arrangeAgent(db)
  const ana: SubjectId = await arrangeSubject(db)
  const bruno: SubjectId = await arrangeSubject(db)
  const house = await openHouse(database.appConnection, { deps })

  const post = async (
    path: string,
    clientId: string,
    fields: Record<string, string>,
    origin = house.origin,
  ): Promise<Said> => {
    const response = await fetch(`${origin}${path}`, {
      method: 'POST',
      headers: {
        accept: 'application/json',
        authorization: `Basic ${Buffer.from(`${clientId}:${secretOf(clientId)}`).toString('base64')}`,
      },
      body: new URLSearchParams(fields),
    })
    return { status: response.status, body: (await response.json()) as Record<string, unknown> }
  }

  const ask = (hint: string, more: Record<string, string | undefined> = {}, clientId = 'call-centre') => {
    const fields = {
      scope: 'openid',
      login_hint: hint,
      binding_message: 'LUNA-4821',
      acting_agent: agent,
      ...more,
    }
    const given = Object.entries(fields).filter((one): one is [string, string] => one[1] !== undefined)
    return post('/oidc/backchannel', clientId, Object.fromEntries(given))
  }

  /** Asks for a person and waits until their message has left; answers what the page's address holds. */
  const ring = async (subjectId: SubjectId, more: Record<string, string> = {}, clientId = 'call-centre') => {
    const said = await ask(`person:${subjectId}`, more, clientId)
    if (said.status !== 200) throw new Error(`not asked: ${JSON.stringify(said)}`)
    await house.calls.settled()
    const [trouble] = [...house.calls.troubles, ...house.troubles]
    if (trouble !== undefined) throw trouble
    const prompt = house.calls.prompts.at(-1)
    const link = prompt?.path.replace('/call-approval/', '') ?? ''
    return { id: String(said.body['auth_req_id']), link, prompt }
  }

  const poll = (id: string, clientId = 'call-centre', origin = house.origin) =>
    post('/oidc/token', clientId, { grant_type: cibaGrant, auth_req_id: id }, origin)

  return {
    database,
    db,
    house,
    agent,
    ana,
    bruno,
    post,
    ask,
    ring,
    poll,
    /** A client that waits as it was told. */
    pollInTime: async (id: string, clientId = 'call-centre') => {
      await db.query(`update oidc_call_requests set polled_at = polled_at - interval '1 hour'`)
      return poll(id, clientId)
    },
    answer: (step: Parameters<typeof answerCall>[1], link: string, who = visitorOf(ana)) =>
      answerCall(house.origin, step, link, who),
    tidy: async () => {
      for (const table of [
        'rate_limits',
        'oidc_call_requests',
        'oidc_call_blocks',
        'oidc_call_pings',
        'oidc_tokens',
        'oidc_grants',
        'outbox_events',
        'audit_entries',
      ]) {
        await db.query(`delete from ${table}`)
      }
      house.calls.prompts.length = 0
      house.calls.pings.length = 0
      house.calls.statements.length = 0
      house.troubles.length = 0
    },
    entries: async (action: string): Promise<readonly Record<string, unknown>[]> => {
      const { rows } = await db.query<{ stream_id: string; entry: string }>(
        'select stream_id, entry from audit_entries order by stream_id, seq',
      )
      return rows
        .map((row): Record<string, unknown> => ({ ...JSON.parse(row.entry), stream: row.stream_id }))
        .filter((one) => one['action'] === action)
    },
    close: async () => {
      await house.close()
      await db.end()
      await database.drop()
    },
  }
}
