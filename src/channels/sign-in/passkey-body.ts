import { z } from 'zod'

/** What every passkey form sends: the ceremony's result as JSON, and whether the browser made it by itself. */
export const passkeyBody = z.strictObject({
  response: z.string().max(40_000),
  automatic: z.string().max(8).optional(),
})
