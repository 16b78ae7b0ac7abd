import { SignJWT } from 'jose'
import { request } from 'undici'
import { proofType } from '../../src/features/touchpoints/index.ts'
import { assertion, assertionType, type KeyOfClient } from '../oidc/support/keys.ts'
import type { TestApp } from '../support/app.ts'

const issuerOf = ({ house }: TestApp): string => house.config.issuer.origin

/** Asks one of several processes behind one name, which each of them is called by. */
async function askProcess(
  app: TestApp,
  path: string,
  body: string,
  headers: Readonly<Record<string, string>>,
): Promise<{ readonly status: number; readonly text: string }> {
  const answer = await request(`${app.origin}${path}`, {
    method: 'POST',
    headers: { ...headers, accept: 'application/json', host: new URL(issuerOf(app)).host },
    body,
  })
  return { status: answer.statusCode, text: await answer.body.text() }
}

export const proofOf = (key: KeyOfClient, code: string, audience: string, typ = proofType) =>
  new SignJWT({ code, aud: audience }).setProtectedHeader({ alg: 'ES256', typ }).sign(key.privateKey)

/** A terminal as it brings its key; `from` is its address as our proxy tells it. */
export async function enrol(
  app: TestApp,
  given: {
    readonly code: string
    readonly key: KeyOfClient
    readonly from: string
    readonly proof?: string
    readonly more?: Readonly<Record<string, string>>
  },
): Promise<{ status: number; body: Record<string, string> }> {
  const { code, key, from, more } = given
  const { kty, crv, x, y } = key.publicJwk
  const proof = given.proof ?? (await proofOf(key, code, issuerOf(app)))
  const { status, text } = await askProcess(
    app,
    '/kiosk/enrol',
    JSON.stringify({ code, jwk: { kty, crv, x, y, ...more }, proof }),
    { 'content-type': 'application/json', 'x-forwarded-for': from },
  )
  return { status, body: JSON.parse(text) }
}

/** Whether the terminal can prove to be itself: any endpoint of the engine that asks clients for their proof tells. */
export async function isKnown(app: TestApp, key: KeyOfClient, clientId: string): Promise<boolean> {
  const fields = new URLSearchParams({
    token: 'nothing-in-particular',
    client_id: clientId,
    client_assertion_type: assertionType,
    client_assertion: await assertion(key, clientId, issuerOf(app)),
  })
  const { status } = await askProcess(app, '/oidc/introspect', fields.toString(), {
    'content-type': 'application/x-www-form-urlencoded',
  })
  return status === 200
}
