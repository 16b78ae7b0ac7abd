import { z } from 'zod'
import { type ContactChannel, contactChannels } from '../../../kernel/evidence.ts'
import { type Instant, type Period, period } from '../calendar.ts'
import { agesOf } from '../digital-consent-ages.ts'
import { obligationShape } from '../notices/purpose-document-shape.ts'
import { legalBases } from '../purpose.ts'
import type { RulePack } from '../rule-pack.ts'

/** Days count from midnight UTC, like every date of a law here. */
const instant = z.union([z.iso.date(), z.iso.datetime()]).transform((text): Instant => Date.parse(text))

const duration = z.string().transform((text, context): Period => {
  try {
    const read = period(text)
    if (read.months >= 0 && read.milliseconds >= 0 && read.months + read.milliseconds > 0) return read
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
  }
  context.addIssue({ code: 'custom', message: 'Not a duration such as P24M, P30D or PT72H.' })
  return z.NEVER
})

const channel = z.enum(contactChannels)
const perChannel = <Value extends z.ZodType>(value: Value) => z.partialRecord(channel, value)
const purpose = z.string().regex(/^[a-z0-9_-]+(\.[a-z0-9_-]+)+$/, 'Not a purpose such as marketing.direct.')
const basesInOrder = z
  .array(z.enum(legalBases))
  .refine((bases) => new Set(bases).size === bases.length, 'A basis is named twice.')

const ageRow = z.strictObject({
  /** GDPR Art. 8(1), second subparagraph: not below 13; and never above the GDPR's own 16. */
  age: z.int().min(13).max(16),
  below: z.enum(['guardian', 'joint']).exactOptional(),
  validFrom: instant,
  validTo: instant.exactOptional(),
})

const inOrder = ({ validFrom, validTo }: { validFrom: Instant; validTo?: Instant | undefined }): boolean =>
  validTo === undefined || validFrom < validTo

/** A version of a jurisdiction's law as counsel writes it down: dates and durations in ISO 8601, and nothing beside it. */
export const rulePackShape = z
  .strictObject({
    jurisdiction: z.string().regex(/^[A-Z]{2}$/, 'Name the country by its two letters.'),
    version: z
      .string()
      .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/, 'Letters, digits, dots and hyphens; at most 40.'),
    validFrom: instant,
    validTo: instant.exactOptional(),
    /** Left out: the table of Art. 8 ages that the product ships for the country. */
    digitalConsentAge: z.array(ageRow.refine(inOrder, 'It ends before it begins.')).min(1).exactOptional(),
    guardianGrade: z.enum(['mailbox', 'strong']).exactOptional(),
    unknownAge: z.enum(['adult', 'minor']),
    doubleOptIn: z.array(channel),
    confirmWithin: duration.exactOptional(),
    reaskCoolOff: duration,
    bases: z.record(purpose, perChannel(basesInOrder)),
    validity: z.record(purpose, perChannel(duration)),
    softOptInMaxAge: perChannel(duration),
    exclusionLists: z.array(z.string().regex(/^[a-z0-9_]{1,40}$/)),
    /** LOPDGDD 23.4: who agreed with this very company is not looked up, so consent cannot be named. */
    exclusionListsBlock: z.array(z.enum(['soft_opt_in', 'legitimate_interest'])),
    honourListingsEarly: z.boolean(),
    obligations: perChannel(z.array(obligationShape)),
    sources: z
      .array(
        z.strictObject({
          rule: z.string().min(1),
          cites: z.string().min(1),
          forCounsel: z.string().min(1).exactOptional(),
        }),
      )
      .min(1, 'Name the articles it rests on.'),
  })
  .refine(inOrder, { path: ['validTo'], message: 'It ends before it begins.' })
  .superRefine(({ bases, softOptInMaxAge }, context) => {
    for (const [name, byChannel] of Object.entries(bases)) {
      for (const [contactChannel, order] of Object.entries(byChannel)) {
        if (!order?.includes('soft_opt_in') || softOptInMaxAge[contactChannel as ContactChannel]) continue
        context.addIssue({
          code: 'custom',
          path: ['softOptInMaxAge', contactChannel],
          message: `${name} has soft opt-in here, and nothing says how old a sale may be.`,
        })
      }
    }
  })

export const rulePackOf = ({ digitalConsentAge, ...document }: z.output<typeof rulePackShape>): RulePack => ({
  ...document,
  digitalConsentAge: digitalConsentAge ?? agesOf(document.jurisdiction),
})

const day = (at: Instant): string => {
  const iso = new Date(at).toISOString()
  return iso.endsWith('T00:00:00.000Z') ? iso.slice(0, 10) : iso
}

const iso = ({ months, milliseconds }: Period): string => {
  const days = Math.floor(milliseconds / 86_400_000)
  const seconds = (milliseconds % 86_400_000) / 1000
  const date = `${months === 0 ? '' : `${months}M`}${days === 0 ? '' : `${days}D`}`
  return `P${date}${seconds === 0 ? '' : seconds % 3600 === 0 ? `T${seconds / 3600}H` : `T${seconds}S`}`
}

const dated = ({ validFrom, validTo }: { validFrom: Instant; validTo?: Instant | undefined }) => ({
  validFrom: day(validFrom),
  ...(validTo === undefined ? {} : { validTo: day(validTo) }),
})

const durations = (all: Readonly<Partial<Record<ContactChannel, Period>>>) =>
  Object.fromEntries(Object.entries(all).map(([name, length]) => [name, iso(length)]))

/** The same version as a document, to be read, changed and handed in again under another version. */
export const documentOf = ({ own: _, ...pack }: RulePack): Readonly<Record<string, unknown>> => ({
  ...pack,
  ...dated(pack),
  digitalConsentAge: pack.digitalConsentAge.map(({ age, below, ...row }) => ({
    age,
    ...(below === undefined ? {} : { below }),
    ...dated(row),
  })),
  ...(pack.confirmWithin === undefined ? {} : { confirmWithin: iso(pack.confirmWithin) }),
  reaskCoolOff: iso(pack.reaskCoolOff),
  validity: Object.fromEntries(
    Object.entries(pack.validity).map(([name, byChannel]) => [name, durations(byChannel)]),
  ),
  softOptInMaxAge: durations(pack.softOptInMaxAge),
})
