/**
 * Passwords: whether one may be used, and whether one is right. Both are heavy, one on purpose, so both run in worker
 * threads behind bounded queues: on the event loop or the shared thread pool sixteen hashes at once would push a token's
 * signature from 0.14 to 108 ms. When more is asked than the machine can do in time, the room says so (429) instead of
 * letting everybody wait.
 */
export type { Argon2HasherOptions, HashCost } from './argon2-hasher.ts'
export { createArgon2Hasher } from './argon2-hasher.ts'
export type { PasswordHasher, PasswordVerification } from './password-hasher.ts'
export type {
  PasswordContext,
  PasswordPolicy,
  PasswordPolicyOptions,
  PasswordVerdict,
} from './password-policy.ts'
export { createPasswordPolicy } from './password-policy.ts'
export type { PasswordIssue } from './password-rules.ts'
