import { z } from 'zod'
import { legalBases } from '../../features/consent/index.ts'
import { contactChannels } from '../../kernel/evidence.ts'
import { described, instant, purposeField, subField } from './operation.ts'
import { optOutField } from './opt-out.ts'

export const contactChannelField = described(z.enum(contactChannels), 'How the person would be reached.')

/** Optional; without it nobody is reached on what they bought. */
export const campaignCategoryField = described(
  z
    .string()
    .min(1)
    .max(100)
    .regex(/^[^*]*$/)
    .optional(),
  'What the campaign sells, as purchases name it. With it, customers who bought something similar are included where the law allows (soft opt-in).',
)

/** UUIDs in lower case, as the house writes them. */
export const idField = (description: string) =>
  described(z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/), description)

export const contactAddress = described(
  z.string().min(3).max(320),
  'E-mail address, or number in E.164, if it is known which one it was about.',
)

export const keptShape = z.object({ outcome: z.enum(['recorded', 'unchanged']) })

const words = described(z.record(z.string(), z.string()), 'Words by language.')

export const noticeReference = z
  .strictObject({
    id: z.string().min(1).max(100),
    version: described(z.int().positive(), 'Number of the wording.'),
    language: z.string().min(2).max(35),
    text_hash: described(z.string().length(43), 'SHA-256 of the exact wording, base64url.'),
  })
  .meta({ description: 'The exact wording the person had before them.' })

export const purposeShape = z.object({
  id: z.string(),
  version: z.int(),
  class: z.string(),
  bases: z.array(z.enum(legalBases)),
  attributes: z.array(z.string()),
  contact_channels: z.array(z.enum(contactChannels)),
  recipients: z.array(z.string()),
  sources: described(
    z.array(z.string()).nullable(),
    'Where the data may come from, such as web or partner:acme; null where it is not narrowed.',
  ),
  retention: words,
  how_to_stop: words,
  reconsent_min: described(z.int(), 'Consents to an older version no longer count.'),
  dpv: described(z.string(), 'Term of the Data Privacy Vocabulary it is a kind of.'),
})

export const noticeShape = z.object({
  id: z.string(),
  version: z.int(),
  language: z.string(),
  surface: z.string(),
  purpose: z.string(),
  purpose_version: z.int(),
  title: z.string(),
  summary: z.string(),
  text: z.string(),
  text_hash: z.string(),
  published_at: instant,
})

export const duplicateOfField = z.string().optional().meta({
  description:
    'Your name for another account of the same person, by which they are contacted instead of by this one: write to that one, or they hear from you twice.',
})

export const decisionShape = z.object({
  decision: z.enum(['PERMIT', 'DENY']),
  reason: described(z.string(), 'Stable code; see the reference of reasons.'),
  basis: z.union([z.enum(legalBases), z.null()]),
  ask: described(
    z.boolean(),
    'May a consent be asked for in a session the person started? Never a licence to contact.',
  ),
  obligations: described(z.array(z.string()), 'What you take on together with a PERMIT.'),
  valid_until: z
    .union([instant, z.null()])
    .meta({ description: 'When time alone could change the answer; ask again then.' }),
})

export const permissionShape = z.object({
  sub: subField,
  purpose: purposeField,
  contact_channel: contactChannelField,
  decision: z.enum(['PERMIT', 'DENY']),
  reason: z.string(),
  basis: z.union([z.enum(legalBases), z.null()]),
  attributes: described(z.array(z.string()), 'Of the purpose, those that may be used now; none on DENY.'),
  valid_until: z.union([instant, z.null()]),
  opt_out: optOutField,
  duplicate_of: duplicateOfField,
})

export const isoOrNull = (at: number | null): string | null =>
  at === null ? null : new Date(at).toISOString()
