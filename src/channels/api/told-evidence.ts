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
  'The store, terminal or desk where it happened. Needed wherever other people were present; one that the house has registered, where it keeps a register of them.',
)
const asked = { surface, language }
const there = { ...asked, touchpoint }

/** Where somebody was told something; nothing hangs on it. */
export const toldPlace = z.discriminatedUnion('channel', [
  z.strictObject({ channel: z.literal('web'), ...asked }),
  z.strictObject({ channel: z.literal('app'), ...asked }),
  z.strictObject({ channel: z.literal('kiosk'), ...there }),
  z.strictObject({ channel: z.literal('store'), ...there }),
  z.strictObject({ channel: z.literal('call-centre'), ...there }),
])

const text = (meaning: string, longest = 100) => described(z.string().min(1).max(longest), meaning).optional()
const hash = (meaning: string) =>
  described(z.string().regex(/^[\w-]{43}$/), `SHA-256 of ${meaning}, base64url.`).optional()

/** What has to be known of the moment differs by channel; what is allowed does not. Which of them a yes needs: the contracts. */
export const toldEvidence = z.discriminatedUnion('channel', [
  z.strictObject({
    channel: z.literal('web'),
    ...asked,
    page: text('Address or route of the page, without what names a person.', 300),
    form: text('Id of the form on it.'),
  }),
  z.strictObject({
    channel: z.literal('app'),
    ...asked,
    app_version: text('Version of the application. A yes needs it.'),
    page: text('Screen of the application.', 300),
  }),
  z.strictObject({
    channel: z.literal('kiosk'),
    ...there,
    device: text('Id of the device; left out, it is the touchpoint.'),
    software_version: text('Version of its software. A yes needs it.'),
    counter: described(
      z.int().nonnegative(),
      'Grows with each act of the device and is never used again: what is sent twice is recorded once. A yes needs it.',
    ).optional(),
    device_signature: text(
      'Compact JWS (ES256, `typ` placet-act+jwt, the public key as `jwk` in the header) over `{"aud": <our origin>, "act": <base64url SHA-256 of the RFC 8785 form of this body without device_time, subject_token and device_signature>}`. A yes needs it; of an enrolled terminal it must be of its key.',
      4_096,
    ),
    operator_present: described(
      z.boolean(),
      'Whether staff stood by. The customer ticks all the same. A yes needs it.',
    ).optional(),
  }),
  z.strictObject({
    channel: z.literal('store'),
    ...there,
    clerk: text('Pseudonym of whoever took the form. A yes needs it.'),
    form_version: text('Version of the printed form. A yes needs it.'),
    scan_hash: hash('the scan; a yes needs it'),
  }),
  z.strictObject({
    channel: z.literal('call-centre'),
    ...there,
    agent: text('Pseudonym of whoever called. A yes needs it.'),
    call_reference: text('Your reference of the call. A yes needs it.'),
    recording_id: text('The recording. A yes needs it with offset and hash, or `confirmation`.'),
    recording_offset: described(z.int().nonnegative(), 'Where in it the yes is, in seconds.').optional(),
    recording_hash: hash('the recording'),
    confirmation: text('Reference of what the person answered after the call, where it was not recorded.'),
    script_id: text('The script that was read. A yes needs it with version and language.'),
    script_version: text('Its version.'),
    script_language: text('Its language.', 35),
    confirming_phrase: text('What the person said. A yes needs it, or `confirming_key`.', 300),
    confirming_key: text('The key the person pressed.', 10),
  }),
])
export type ToldEvidence = z.infer<typeof toldEvidence>

/** The evidence a client brings, with what the request itself proves. */
export const evidenceOf = (
  told: z.infer<typeof toldPlace> | ToldEvidence,
  { client }: Pick<Asking, 'client'>,
  { requestId }: { readonly requestId: string },
): Evidence => ({
  channel: told.channel,
  surface: told.surface,
  language: told.language,
  ...('touchpoint' in told ? { touchpoint: told.touchpoint } : {}),
  clientId: client.clientId,
  requestId,
})

const ofEvidence = new Set(['channel', 'surface', 'language', 'touchpoint'])

/** What else was told, as it is sealed with the act. */
export const particularsOf = (told: ToldEvidence): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(told).flatMap(([name, value]) =>
      ofEvidence.has(name) || value === undefined ? [] : [[name, String(value)]],
    ),
  )
