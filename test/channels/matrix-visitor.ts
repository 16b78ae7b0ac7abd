import { createHash, randomBytes } from 'node:crypto'
import type { Knex } from 'knex'
import { tokenHash } from '../../src/features/staff/secret-token.ts'
import type { StaffRole } from '../../src/kernel/actor.ts'
import { systemEntropy } from '../../src/platform/crypto/index.ts'
import type { Route } from '../../src/platform/web/route.ts'
import { outcomeOf } from './authorization-matrix.ts'

export type Headers = Readonly<Record<string, string>>

/** The cookie of somebody who holds a role in the whole house, in a session opened this moment. */
export async function staffCookie(owner: Knex, role: StaffRole): Promise<Headers> {
  const staffId = systemEntropy.id<'staff'>()
  const token = randomBytes(32).toString('base64url')
  const now = new Date()
  await owner('staff').insert({ staff_id: staffId, login: staffId, display_name: role, created_at: now })
  await owner('staff_roles').insert({ staff_id: staffId, role, granted_at: now })
  await owner('staff_sessions').insert({
    session_hash: Buffer.from(tokenHash('staff-session', token)),
    staff_id: staffId,
    assurance: 'passkey',
    authenticated_at: now,
    seen_at: now,
    expires_at: new Date(now.getTime() + 3_600_000),
  })
  return { cookie: `placet_staff=${token}` }
}

/** The cookie of somebody who stands at this terminal and signed in with their phone a moment ago. */
export async function kioskCookie(
  owner: Knex,
  at: { readonly subjectId: string; readonly clientId: string; readonly keyThumbprint: string },
): Promise<Headers> {
  const secret = randomBytes(32).toString('base64url')
  const grantId = randomBytes(16).toString('base64url')
  const now = new Date()
  const later = new Date(now.getTime() + 900_000)
  const shared = { subject_id: at.subjectId, client_id: at.clientId, grant_id: grantId }
  await owner('oidc_grants').insert({ ...shared, payload: Buffer.alloc(1), expires_at: later })
  await owner('oidc_visits').insert({
    ...shared,
    id_hash: createHash('sha256').update(secret).digest(),
    touchpoint_id: at.clientId.replace('terminal:', ''),
    key_thumbprint: at.keyThumbprint,
    assurance: 'password',
    authenticated_at: now,
    started_at: now,
    ends_at: later,
    expires_at: later,
  })
  return { cookie: `placet_visit=${secret}` }
}

/** A browser that has seen one page of ours, so that its forms carry the cookie and the token they need. */
export async function browserToken(
  origin: string,
): Promise<{ readonly cookie: string; readonly csrf: string }> {
  const answer = await fetch(`${origin}/staff/sign-in`, { headers: { accept: 'text/html' } })
  const csrf = /name="_csrf" value="([^"]+)"/.exec(await answer.text())?.[1]
  const [cookie] = answer.headers.getSetCookie().map((line) => line.split(';')[0] ?? '')
  if (csrf === undefined || cookie === undefined) throw new Error('The sign-in page for staff has no form.')
  return { cookie, csrf }
}

/**
 * Knocks on a route the way its callers do. Forms come empty unless said otherwise: whoever is let in is told what is
 * missing, which is all the matrix wants to know.
 */
export async function knock(
  origin: string,
  route: Pick<Route, 'method' | 'body'>,
  path: string,
  headers: Headers,
  browser: { readonly cookie: string; readonly csrf: string },
  fields: Readonly<Record<string, string>> = {},
) {
  const { cookie, ...others } = headers
  const json = route.body?.type === 'json'
  const answer = await fetch(`${origin}${path}`, {
    method: route.method,
    redirect: 'manual',
    headers: {
      accept: 'application/json',
      cookie: [browser.cookie, cookie].filter(Boolean).join('; '),
      ...others,
      ...(route.method === 'GET'
        ? {}
        : {
            origin,
            'sec-fetch-site': 'same-origin',
            'x-csrf-token': browser.csrf,
            'idempotency-key': randomBytes(16).toString('hex'),
            'content-type': json ? 'application/json' : 'application/x-www-form-urlencoded',
          }),
    },
    ...(route.method === 'GET'
      ? {}
      : { body: json ? JSON.stringify(fields) : new URLSearchParams(fields).toString() }),
  })
  const said = await answer.text()
  const problem = answer.headers.get('content-type') === 'application/problem+json'
  return outcomeOf(answer.status, problem ? JSON.parse(said).code : undefined)
}

/** A browser as far as the sign-in can tell: follows redirects, keeps cookies by path, fills in forms. */
export async function subjectCookie(origin: string, email: string, password: string): Promise<Headers> {
  const jar = new Map<string, { readonly value: string; readonly path: string }>()
  const cookieFor = (path: string) =>
    [...jar]
      .filter(([, kept]) => path.startsWith(kept.path))
      .map(([key, { value }]) => `${key.split(' ')[0]}=${value}`)
      .join('; ')
  let csrf = ''
  const go = async (target: string, fields?: Readonly<Record<string, string>>): Promise<string> => {
    const url = new URL(target, origin)
    const answer = await fetch(url, {
      redirect: 'manual',
      headers: {
        accept: 'text/html',
        cookie: cookieFor(url.pathname),
        ...(fields === undefined ? {} : { origin, 'sec-fetch-site': 'same-origin' }),
      },
      ...(fields === undefined
        ? {}
        : { method: 'POST', body: new URLSearchParams({ _csrf: csrf, ...fields }) }),
    })
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      const path = /;\s*path=([^;]+)/i.exec(line)?.[1] ?? '/'
      const ended = value === '' || /max-age=0|expires=Thu, 01 Jan 1970/i.test(line)
      if (ended) jar.delete(`${name} ${path}`)
      else jar.set(`${name} ${path}`, { value, path })
    }
    const text = await answer.text()
    csrf = /name="_csrf" value="([^"]+)"/.exec(text)?.[1] ?? csrf
    const location = answer.headers.get('location')
    return location === null ? url.pathname : go(new URL(location, url).href)
  }
  let page = await go('/privacy')
  await go(page, { email })
  page = await go(page.replace(/\/[^/]+$/, '/enter-password'))
  page = await go(page, { password })
  if (page.endsWith('/create-passkey')) page = await go(`${page}/skip`, {})
  if (page.endsWith('/preferences')) page = await go(page, { decide: 'later' })
  if (page !== '/privacy') throw new Error(`${email} ended at ${page} instead of the privacy centre.`)
  return { cookie: cookieFor('/privacy/security') }
}
