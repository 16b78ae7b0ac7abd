import { z } from 'zod'
import { type EmailAddress, parseEmailAddress } from '../../features/identity/index.ts'

export const addressBody = z.strictObject({ email: z.string().max(1000) })

/** The address as the form has it, or the code of what is wrong with it. */
export function readTypedAddress(
  typed: string,
): { readonly address: EmailAddress } | { readonly issue: 'email-required' | 'email-invalid' } {
  if (typed.trim() === '') return { issue: 'email-required' }
  const address = parseEmailAddress(typed)
  return address === undefined ? { issue: 'email-invalid' } : { address }
}
