import { z } from 'zod'
import type { Evidence } from '../../kernel/evidence.ts'
import type { Asking } from './asking.ts'
import { described } from './operation.ts'

const surface = described(
  z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/),
  'Your name for the screen, form or script.',
)
const language = described(z.string().min(2).max(35), 'In which language it was asked.')
const touchpoint = described(
  z.string().min(1).max(100),
  'The store, terminal or desk where it happened. Needed wherever other people were present.',
)

/** What has to be known of the moment differs by channel; what is allowed does not. */
export const toldEvidence = z.discriminatedUnion('channel', [
  z.strictObject({ channel: z.literal('web'), surface, language }),
  z.strictObject({ channel: z.literal('app'), surface, language }),
  z.strictObject({ channel: z.literal('kiosk'), surface, language, touchpoint }),
  z.strictObject({ channel: z.literal('store'), surface, language, touchpoint }),
  z.strictObject({ channel: z.literal('call-centre'), surface, language, touchpoint }),
])

/** The evidence a client brings, with what the request itself proves. */
export const evidenceOf = (
  told: z.infer<typeof toldEvidence>,
  { client }: Asking,
  { requestId }: { readonly requestId: string },
): Evidence => ({ ...told, clientId: client.clientId, requestId })
