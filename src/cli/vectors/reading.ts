import { z } from 'zod'
import { contactChannels } from '../../kernel/evidence.ts'

/** Absent, null and undefined say the same in vector files. */
export const maybe = <Schema extends z.ZodType>(schema: Schema) =>
  schema.nullish().transform((value) => value ?? undefined)

/** An ISO date or instant, as milliseconds since the epoch. */
export const instant = z
  .string()
  .transform((text) => Date.parse(text))
  .refine((at) => !Number.isNaN(at), 'not an instant')

export const texts = z.array(z.string())
export const contactChannel = z.enum(contactChannels)
export const channelOrAny = z.enum([...contactChannels, '*'])
