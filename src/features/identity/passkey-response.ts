import { z } from 'zod'
import { refused } from '../../kernel/errors.ts'

/** One answer to every ceremony that does not hold: what was wrong with it is for nobody outside to learn. */
export const passkeyRefused = () => refused('passkey-refused', 'The passkey could not be accepted.')

/** A credential id has at most 1023 bytes (WebAuthn L3 4), which are 1364 characters. */
const base64url = (longest: number) =>
  z
    .string()
    .max(longest)
    .regex(/^[A-Za-z0-9_-]+$/)
const credentialId = base64url(1364)
const common = { id: credentialId, rawId: credentialId, type: z.literal('public-key') }

export const registrationShape = z.object({
  ...common,
  response: z.object({
    clientDataJSON: base64url(4096),
    attestationObject: base64url(16_384),
    transports: z.array(z.string().max(32)).max(8).optional(),
  }),
})

export const authenticationShape = z.object({
  ...common,
  response: z.object({
    clientDataJSON: base64url(4096),
    authenticatorData: base64url(4096),
    signature: base64url(2048),
    userHandle: base64url(128).optional(),
  }),
})

export type RegistrationAnswer = z.infer<typeof registrationShape>
export type AuthenticationAnswer = z.infer<typeof authenticationShape>

/** Takes in a ceremony's result as the browser sent it, or refuses it. */
export function readPasskeyResponse<Shape>(shape: z.ZodType<Shape>, json: string): Shape {
  const parsed = shape.safeParse(parseJson(json))
  if (!parsed.success) throw passkeyRefused()
  return parsed.data
}

const clientDataShape = z.object({
  challenge: base64url(512),
  crossOrigin: z.literal(false).optional(),
  topOrigin: z.undefined().optional(),
})

/**
 * The challenge a ceremony answers. Ceremonies inside a frame of another site are refused here, in both directions: the
 * library never looks at registration, and lets an authentication pass whose browser tells no `topOrigin` (R74, R75).
 */
export function challengeAnswered(clientDataJSON: string): string {
  const parsed = clientDataShape.safeParse(
    parseJson(Buffer.from(clientDataJSON, 'base64url').toString('utf8')),
  )
  if (!parsed.success) throw passkeyRefused()
  return parsed.data.challenge
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
