import { z } from 'zod'
import type { EnrolledTerminal, TerminalKey } from '../../features/touchpoints/index.ts'
import type { Evidence } from '../../kernel/evidence.ts'
import type { Limiter } from '../../platform/limits/index.ts'
import { json } from '../../platform/web/answer.ts'
import { defineRoute } from '../../platform/web/define-route.ts'
import type { Route } from '../../platform/web/route.ts'

export interface EnrolTerminalDeps {
  readonly limiter: Limiter
  readonly enrol: (command: {
    readonly code: string
    readonly key: TerminalKey
    readonly proof: string
    readonly caller: string
    readonly evidence: Evidence
  }) => Promise<EnrolledTerminal>
  readonly issuer: URL
}

/** A coordinate of P-256: 32 bytes (RFC 7518 6.2.1.2). */
const coordinate = z.string().regex(/^[A-Za-z0-9_-]{43}$/)

/** What WebCrypto exports as a public key. A private member is none of these names, and is refused unread. */
const publicKey = z.strictObject({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: coordinate,
  y: coordinate,
  alg: z.literal('ES256').optional(),
  use: z.literal('sig').optional(),
  ext: z.boolean().optional(),
  key_ops: z.array(z.literal('verify')).max(1).optional(),
})

/**
 * A terminal brings its key. Whoever holds the code may do it, from a browser or a program: no cookie is read, so there is
 * nothing that another site could ride on. What is wrong with a code or its proof is one answer, and guesses are counted.
 */
export const enrolTerminalRoutes = (deps: EnrolTerminalDeps): readonly Route[] => [
  defineRoute({
    name: 'kiosk.enrol-terminal',
    method: 'POST',
    path: '/kiosk/enrol',
    caller: { who: 'anyone' },
    authority: 'address',
    body: {
      type: 'json',
      schema: z.strictObject({ code: z.string().max(40), jwk: publicKey, proof: z.string().max(4_000) }),
    },
    answers: [201],
    handle: async (request) => {
      const { code, jwk, proof } = request.body
      const { kty, crv, x, y } = jwk
      // The caller first, so that one gone wild does not use up what is everybody's.
      await deps.limiter.consume(request.callerKey, 'terminal-code-caller')
      await deps.limiter.consume('house', 'terminal-code-house')
      const enrolled = await deps.enrol({
        code,
        key: { kty, crv, x, y },
        proof,
        caller: request.callerKey,
        evidence: request.evidence,
      })
      await deps.limiter.clear(request.callerKey, 'terminal-code-caller')
      return json(
        {
          client_id: enrolled.clientId,
          touchpoint: enrolled.touchpointId,
          name: enrolled.name,
          issuer: deps.issuer.origin,
        },
        201,
      )
    },
  }),
]
