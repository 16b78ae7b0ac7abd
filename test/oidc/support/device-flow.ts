import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import type { SubjectId } from '../../../src/kernel/ids.ts'
import type { DeviceFlow, PhoneVisitor } from '../../../src/oidc/index.ts'
import { storeNetwork } from './device-house.ts'
import { assertion, assertionType, dpopProof, type KeyOfClient } from './keys.ts'

export const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code'

export interface Kiosk {
  readonly clientId: string
  readonly key: KeyOfClient
}

/** A terminal as its enrolment leaves it behind. */
export async function arrangeTerminal(
  db: pg.Pool,
  touchpoint: string,
  key: KeyOfClient,
  more: Readonly<Record<string, unknown>> = {},
): Promise<Kiosk> {
  const clientId = `terminal:${touchpoint}`
  const metadata = {
    client_name: 'Quiosco de Tienda Norte',
    redirect_uris: [],
    response_types: [],
    grant_types: [deviceGrant],
    scope: 'openid kiosk',
    token_endpoint_auth_method: 'private_key_jwt',
    token_endpoint_auth_signing_alg: 'ES256',
    jwks: { keys: [{ ...key.publicJwk, kid: key.thumbprint, alg: 'ES256', use: 'sig' }] },
    dpop_bound_access_tokens: true,
    id_token_signed_response_alg: 'ES256',
    subject_type: 'public',
    touchpoint,
    ...more,
  }
  await db.query(
    `insert into recipients (recipient_id, name, role, processing_contract, third_country, purposes, created_at)
     values ('tienda', 'Tienda Norte', 'internal', true, false, '{}', now()) on conflict do nothing`,
  )
  await db.query(
    `insert into clients (client_id, recipient_id, first_party, channel, metadata, secret_hashes, created_at, updated_at)
     values ($1, 'tienda', true, 'kiosk', $2, '{}', now(), now())`,
    [clientId, JSON.stringify(metadata)],
  )
  return { clientId, key }
}

export interface Started {
  readonly device_code: string
  readonly user_code: string
  readonly verification_uri: string
  readonly verification_uri_complete: string
  readonly expires_in: number
  readonly interval: number
  readonly binding_number: string
  readonly error?: string
}

export const kioskCalls = (issuer: string) => {
  const signed = async (kiosk: Kiosk, fields: Record<string, string>) =>
    new URLSearchParams({
      client_id: kiosk.clientId,
      client_assertion_type: assertionType,
      client_assertion: await assertion(kiosk.key, kiosk.clientId, issuer),
      ...fields,
    })

  const ask = async (
    kiosk: Kiosk,
    { origin = issuer, from = `${storeNetwork}7`, scope = 'openid kiosk' } = {},
  ): Promise<Response> =>
    fetch(`${origin}/oidc/device/auth`, {
      method: 'POST',
      headers: { accept: 'application/json', 'x-test-caller': from, 'x-forwarded-for': from },
      body: await signed(kiosk, { scope }),
    })

  const start = async (kiosk: Kiosk): Promise<Started> => {
    const response = await ask(kiosk)
    const body = (await response.json()) as Started
    if (response.status !== 200) throw new Error(`no code: ${response.status} ${JSON.stringify(body)}`)
    return body
  }

  const poll = async (
    kiosk: Kiosk,
    deviceCode: string,
    { origin = issuer, key = kiosk.key, from = `${storeNetwork}7` } = {},
  ): Promise<{ status: number; body: Record<string, unknown> }> => {
    const response = await fetch(`${origin}/oidc/token`, {
      method: 'POST',
      headers: {
        accept: 'application/json',
        'x-test-caller': from,
        'x-forwarded-for': from,
        dpop: await dpopProof(key, 'POST', `${issuer}/oidc/token`),
      },
      body: await signed(kiosk, { grant_type: deviceGrant, device_code: deviceCode }),
    })
    return { status: response.status, body: (await response.json()) as Record<string, unknown> }
  }

  return { ask, start, poll, signed }
}

/** Who holds the phone, and from where. */
export const visitor = (subjectId: SubjectId, more: Partial<PhoneVisitor> = {}): PhoneVisitor => ({
  subjectId,
  assurance: 'password',
  authenticatedAt: new Date(),
  sessionRef: `session-${subjectId}`,
  callerKey: `caller-${subjectId}`,
  network: '203.0.113.0/24',
  evidence: { channel: 'kiosk', surface: 'device', language: 'es', requestId: randomUUID() },
  ...more,
})

export type PhoneAnswer =
  | string
  | (Omit<DeviceFlow, 'startedAt' | 'expiresAt'> & { readonly startedAt: string })

export async function phone(
  origin: string,
  step: 'open' | 'approve' | 'decline' | 'report',
  userCode: string,
  who: PhoneVisitor,
  number?: number,
): Promise<PhoneAnswer> {
  const response = await fetch(`${origin}/phone/${step}`, {
    method: 'POST',
    body: JSON.stringify({ userCode, who, ...(number === undefined ? {} : { number }) }),
  })
  if (response.status !== 200) throw new Error(`the phone got ${response.status}: ${await response.text()}`)
  return ((await response.json()) as { answer: PhoneAnswer }).answer
}

/** The moment of a flow moves back, as if that much time had passed since. */
export const backdate = (db: pg.Pool, seconds: number) =>
  db.query(
    `update oidc_device_flows set started_at = started_at - make_interval(secs => $1),
       claim_until = claim_until - make_interval(secs => $1),
       code_expires_at = code_expires_at - make_interval(secs => $1),
       polled_at = polled_at - make_interval(secs => $1)`,
    [seconds],
  )
