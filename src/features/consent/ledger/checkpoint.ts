import { z } from 'zod'

/**
 * What the house stands by: at this moment the log of this name had this many entries and this root. Whoever keeps one
 * can tell later whether anything before it was changed. A compact JWS and not a signed note, because receipts are JWS
 * and everybody who checks one has what it takes to check the other.
 */
export const checkpointClaims = z.object({
  iss: z.string(),
  /** Seconds since 1970. */
  iat: z.number(),
  log: z.string(),
  size: z.number().int().min(1),
  /** base64url. */
  root: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
})

export type CheckpointClaims = z.infer<typeof checkpointClaims>

export const checkpointType = 'placet-checkpoint+jwt'
