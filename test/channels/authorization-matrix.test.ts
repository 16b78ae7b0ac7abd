import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { people } from '../../demo/seed/people.ts'
import { operations } from '../../src/channels/api/operations.ts'
import { commandHouse } from '../../src/compose/command-house.ts'
import { openRequest } from '../../src/features/privacy-requests/index.ts'
import type { StaffRole } from '../../src/kernel/actor.ts'
import { parseId } from '../../src/kernel/ids.ts'
import { systemEntropy } from '../../src/platform/crypto/index.ts'
import { openLane } from '../../src/platform/db/lanes.ts'
import type { Route } from '../../src/platform/web/route.ts'
import { enrol } from '../house/enrolling.ts'
import { makeKey } from '../oidc/support/keys.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { callers, isAsset, type MatrixCaller, matrix, outcomeOf } from './authorization-matrix.ts'
import {
  browserToken,
  type Headers,
  kioskCookie,
  knock,
  staffCookie,
  subjectCookie,
} from './matrix-visitor.ts'

let app: TestApp
let owner: ReturnType<typeof openLane>
let browser: Awaited<ReturnType<typeof browserToken>>
/** What stands in an address where the route has a parameter: all of it belongs to Ana, who is the `subject`. */
let ofAna: Readonly<Record<string, string>>

beforeAll(async () => {
  app = await startTestApp({ people: true })
  owner = openLane(app.database.connection, 'matrix', 2)
  browser = await browserToken(app.origin)
  ofAna = await belongings()
})
afterAll(async () => {
  await owner?.destroy()
  await app?.close()
})

async function belongings() {
  const { cookie = '' } = await headersOf('subject')
  const history = await fetch(`${app.origin}/privacy/history`, { headers: { cookie, accept: 'text/html' } })
  const receipt = /\/privacy\/receipts\/([0-9a-f-]{36})/.exec(await history.text())?.[1]
  if (receipt === undefined) throw new Error('Ana has no receipt.')
  const [kept] = await owner('receipts').where({ receipt_id: receipt })
  const subjectId: string = kept.subject_id
  const passkeyId = systemEntropy.id<'passkey'>()
  const credential = { subject_id: subjectId, passkey_id: passkeyId, credential_id: randomBytes(32) }
  await owner('passkey_lookups').insert(credential)
  await owner('passkeys').insert({
    ...credential,
    public_key: randomBytes(77),
    counter: 0,
    backup_eligible: false,
    backed_up: false,
    aaguid: '00000000-0000-0000-0000-000000000000',
    name: 'portátil',
    created_at: new Date(),
  })
  const [session] = await owner('oidc_sessions').where({ subject_id: subjectId })
  const { touchpoints } = commandHouse(app.house)
  await touchpoints.add({ id: 'matrix', kind: 'brand', name: 'Matrix' })
  await touchpoints.add({ id: 'matrix-store', kind: 'store', name: 'Matrix', parent: 'matrix' })
  await touchpoints.add({ id: 'matrix-kiosk', kind: 'terminal', name: 'Matrix', parent: 'matrix-store' })
  const { enrolmentToken } = await commandHouse(app.house).staff.create({
    login: 'matrix',
    displayName: 'Matrix',
    roles: [{ role: 'agent', touchpointId: undefined }],
  })
  const { id: requestId } = await openRequest(app.house.privacyRequests, {
    subjectId: parseId<'subject'>(subjectId)!,
    right: 'access',
    actor: { kind: 'client', clientId: 'matrix' },
    evidence: { channel: 'api', surface: 'matrix', language: 'es' },
    receivedAt: new Date(),
    idempotencyKey: 'matrix',
  })
  return {
    uid: 'A'.repeat(21),
    person: subjectId,
    requestId,
    receipt,
    passkeyId,
    ref: session.session_uid,
    attribute: 'first_name',
    purpose: 'marketing.direct',
    code: 'token-needed',
    // In the shape of one, and nobody's.
    confirmation: receipt,
    token: enrolmentToken,
    touchpoint: 'matrix-kiosk',
  }
}

const pathOf = (route: Route): string => {
  const path = route.path
    .replaceAll(/(?<!\\):(\w+)/g, (_, name: string) => ofAna[name] ?? `no-${name}-of-ana`)
    .replaceAll('\\:', ':')
  return path.startsWith('/staff/enrol') ? `${path}?token=${ofAna['token']}` : path
}

/** Where an empty form is refused before anybody looks whose thing it is about, a filled one is sent. */
const fieldsOf = (route: Route): Readonly<Record<string, string>> =>
  route.name === 'privacy-centre.security.rename-passkey' ? { [`name-${ofAna['passkeyId']}`]: 'mine' } : {}

const roles: readonly string[] = ['admin', 'dpo', 'agent', 'store-manager', 'store-staff']
const isRole = (caller: MatrixCaller): caller is MatrixCaller & StaffRole => roles.includes(caller)

const apiScopes = [...new Set(operations.map(({ caller }) => caller.scope))].join(' ')

/** An access token of a client for itself, which is nobody's session. */
async function clientToken(): Promise<Headers> {
  const { client_id: id, client_secret: secret } = await commandHouse(app.house).clients.create({
    client_name: 'Matrix',
    first_party: true,
    grant_types: ['client_credentials'],
    response_types: [],
    redirect_uris: [],
    token_endpoint_auth_method: 'client_secret_basic',
  })
  await app.house.oidc.reloadClients()
  const answer = await fetch(`${app.origin}/oidc/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', scope: apiScopes }),
  })
  const { access_token: token } = (await answer.json()) as { access_token?: string }
  if (token === undefined) throw new Error(`The client got no token: ${answer.status}`)
  return { authorization: `Bearer ${token}` }
}

const kiosk = 'matrix-other-kiosk'
let kioskKey: Awaited<ReturnType<typeof makeKey>> | undefined

/** Ana, in front of a kiosk of the house. */
async function atKiosk(): Promise<Headers> {
  if (kioskKey === undefined) {
    kioskKey = await makeKey()
    const { touchpoints, terminals } = commandHouse(app.house)
    await touchpoints.add({ id: kiosk, kind: 'terminal', name: 'Matrix', parent: 'matrix-store' })
    const { code } = await terminals.code(kiosk)
    await enrol(app, { code, key: kioskKey, from: '127.0.0.1' })
  }
  const [{ subject_id: subjectId }] = await owner('receipts').where({ receipt_id: ofAna['receipt'] })
  return kioskCookie(owner, { subjectId, clientId: `terminal:${kiosk}`, keyThumbprint: kioskKey.thumbprint })
}

/** What makes a request come from such a caller. Kept until something the caller did may have ended it. */
const kept = new Map<MatrixCaller, Headers>()
async function headersOf(caller: MatrixCaller): Promise<Headers> {
  const known = kept.get(caller)
  if (known !== undefined) return known
  const signIn = (key: string) => {
    const person = people.find((one) => one.key === key)
    return subjectCookie(app.origin, person?.email ?? '', person?.password ?? '')
  }
  const made: Headers = isRole(caller)
    ? await staffCookie(owner, caller)
    : caller === 'subject'
      ? await signIn('ana')
      : caller === 'other-subject'
        ? await signIn('bruno')
        : caller === 'client'
          ? await clientToken()
          : caller === 'kiosk-visitor'
            ? await atKiosk()
            : {}
  kept.set(caller, made)
  return made
}

const ours = () => app.routes.filter(({ name }) => !isAsset(name))

/** The differences between the table and the house, in words; nothing when they agree. */
async function differences(headers: (caller: MatrixCaller) => Promise<Headers>, as?: MatrixCaller) {
  const found: string[] = []
  // Ana last: what she changes is hers, and the others must find it as it was.
  const order = callers.toSorted((a, b) => Number(a === 'subject') - Number(b === 'subject'))
  for (const route of ours()) {
    for (const caller of as === undefined ? order : [as]) {
      const expected = matrix[route.name]?.[caller]
      const got = await knock(
        app.origin,
        route,
        pathOf(route),
        await headers(caller),
        browser,
        fieldsOf(route),
      )
      if (got !== expected) found.push(`${route.name} as ${caller}: expected ${expected}, got ${got}`)
      const mayHaveEnded = route.method !== 'GET' && /sign-out|session|password|kiosk\.end/.test(route.name)
      if (got === 'in' && mayHaveEnded) kept.delete(caller)
    }
    await owner('rate_limits').delete()
  }
  return found
}

describe('every route', () => {
  test('has a row in the matrix, and no row stands for a route that is gone (R103)', () => {
    const names = ours().map(({ name }) => name)
    expect(names.length).toBeGreaterThan(40)
    expect(names.filter((name) => matrix[name] === undefined)).toEqual([])
    expect(Object.keys(matrix).filter((name) => !names.includes(name))).toEqual([])
  })

  test('treats forged credentials and headers that claim to be somebody like nobody (R104, VC9)', {
    timeout: 120_000,
  }, async () => {
    const forged: Headers = {
      cookie: `placet_visit=${'A'.repeat(43)}; placet_staff=${'A'.repeat(43)}; placet_session=${'A'.repeat(43)}; _session=${'A'.repeat(43)}`,
      authorization: `Bearer ${'A'.repeat(43)}`,
      'x-forwarded-user': 'admin',
      'x-staff-id': '0198b000-0000-7000-8000-000000000001',
      'x-roles': 'admin,dpo',
      'x-original-url': '/staff/sign-in',
      'x-http-method-override': 'GET',
    }
    expect(await differences(async () => forged, 'anonymous')).toEqual([])
  })

  test('lets in who the matrix lets in, and nobody else (R103, R104)', { timeout: 300_000 }, async () => {
    expect(await differences(headersOf)).toEqual([])
  })
})

test('Bruno ends no session of Ana, though he knows its reference; Ana does (R33, R104)', async () => {
  const ana = await headersOf('subject')
  const [{ subject_id: subjectId }] = await owner('receipts').where({ receipt_id: ofAna['receipt'] })
  const sessions = await owner('oidc_sessions').where({ subject_id: subjectId })
  const end = ours().find(({ name }) => name === 'privacy-centre.security.end-session')!
  const home = ours().find(({ name }) => name === 'privacy-centre.overview')!
  const endAll = async (headers: Headers) => {
    for (const { session_uid: ref } of sessions) {
      await knock(app.origin, end, end.path.replace(':ref', ref), headers, browser)
    }
  }
  await endAll(await headersOf('other-subject'))
  expect(await knock(app.origin, home, home.path, ana, browser)).toBe('in')
  await endAll(ana)
  expect(await knock(app.origin, home, home.path, ana, browser)).toBe('out')
})

/** Forms whose fields are named by data; their handlers look up the names they know and nothing else. */
const namedByData = [
  'calls.choices.answer',
  'consent-links.call.answer',
  'consent-links.guardian.answer',
  'dpo.draft.save',
  'kiosk.choices.answer',
  'privacy-centre.edit-value.save',
  'privacy-centre.permissions.during-restriction',
  'privacy-centre.permissions.save',
  'privacy-centre.security.rename-passkey',
  'sign-in.preferences.answer',
  'sign-in.your-details.answer',
  'store.answers.save',
  'store.finish.answer',
]
/** A system says whom it means by the name it was given for them; another's names are unknown to it (see the API's tests). */
const namedToTheClient = [
  'api.consents sub',
  'api.contracts sub',
  'api.contracts.end sub',
  'api.decisions.explain sub',
  'api.notices-shown sub',
  'api.objections sub',
  'api.privacy-requests sub',
  'api.purchases sub',
  'api.residences sub',
  'api.suppressions sub',
]
const serverOwned = [
  'subjectId',
  'subject_id',
  'sub',
  'staffId',
  'roles',
  'actor',
  'assurance',
  'email_verified',
  'org_id',
]

test('no form or document takes a field that only the house may set (R106, VC11)', () => {
  const taken = ours().flatMap(({ name, body }) =>
    serverOwned
      .filter((field) => {
        const unknown = body?.schema.safeParse({ [field]: 'x' }).error?.issues ?? []
        return body !== undefined && !unknown.some(({ code }) => code === 'unrecognized_keys')
      })
      .map((field) => `${name} ${field}`),
  )
  expect(taken.filter((one) => one.startsWith('api.')).sort()).toEqual(namedToTheClient)
  const forms = taken.filter((one) => !one.startsWith('api.')).map((one) => one.split(' ')[0])
  expect([...new Set(forms)].sort()).toEqual(namedByData)
  expect(ours().filter(({ body }) => body !== undefined).length).toBeGreaterThan(20)
})

test('an answer that lets in, sends away, asks for more, refuses and hides are told apart', () => {
  expect([200, 303, 410, 422].map((status) => outcomeOf(status))).toEqual(['in', 'in', 'in', 'in'])
  expect([401, 403, 404].map((status) => outcomeOf(status))).toEqual(['out', 'no', 'hidden'])
  expect(outcomeOf(401, 'step-up-needed')).toBe('more')
})
