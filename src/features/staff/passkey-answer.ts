import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'
import { z } from 'zod'

/** Base64url, within the sizes that real authenticators use; a credential id has at most 1023 bytes (WebAuthn L3 5.8.3). */
const bytes = (most: number) =>
  z
    .string()
    .regex(/^[A-Za-z0-9_-]*$/)
    .max(most)

const envelope = { id: bytes(1364), rawId: bytes(1364), type: z.literal('public-key') }

const registration = z.object({
  ...envelope,
  response: z.object({
    clientDataJSON: bytes(4096),
    attestationObject: bytes(24_576),
    transports: z.array(z.string().max(20)).max(8).optional(),
  }),
})

const authentication = z.object({
  ...envelope,
  response: z.object({
    clientDataJSON: bytes(4096),
    authenticatorData: bytes(4096),
    signature: bytes(2048),
    userHandle: bytes(128).optional(),
  }),
})

const clientData = z.object({
  challenge: bytes(512),
  crossOrigin: z.boolean().optional(),
  topOrigin: z.string().optional(),
})

export interface PasskeyAnswer<Response> {
  readonly response: Response
  readonly challenge: string
}

/** What the browser sent, parsed; undefined when it has not the shape of an answer to a ceremony. */
function parse<Answer extends { readonly response: { readonly clientDataJSON: string } }>(
  schema: z.ZodType<Answer>,
  text: string,
): PasskeyAnswer<Answer> | undefined {
  try {
    const response = schema.parse(JSON.parse(text))
    const data = clientData.parse(
      JSON.parse(Buffer.from(response.response.clientDataJSON, 'base64url').toString('utf8')),
    )
    // A page inside another site's frame must not be able to use our passkeys; the library lets some of them through.
    if (data.crossOrigin === true || data.topOrigin !== undefined) return undefined
    return { response, challenge: data.challenge }
  } catch {
    return undefined
  }
}

export function parseRegistration(text: string): PasskeyAnswer<RegistrationResponseJSON> | undefined {
  const parsed = parse(registration, text)
  if (parsed === undefined) return undefined
  const { transports, ...response } = parsed.response.response
  return {
    challenge: parsed.challenge,
    response: {
      ...parsed.response,
      clientExtensionResults: {},
      response: { ...response, ...(transports === undefined ? {} : { transports }) },
    },
  }
}

export function parseAuthentication(text: string): PasskeyAnswer<AuthenticationResponseJSON> | undefined {
  const parsed = parse(authentication, text)
  if (parsed === undefined) return undefined
  const { userHandle, ...response } = parsed.response.response
  return {
    challenge: parsed.challenge,
    response: {
      ...parsed.response,
      clientExtensionResults: {},
      response: { ...response, ...(userHandle === undefined ? {} : { userHandle }) },
    },
  }
}
