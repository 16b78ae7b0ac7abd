import { z } from 'zod'
import type { MergeSide } from '../../features/consent/index.ts'
import { mergeSides } from '../../features/consent/index.ts'
import { instant, texts } from './reading.ts'

const mergeSideSchema = z.looseObject({
  id: z.string(),
  state: z.enum([
    'UNKNOWN',
    'REQUESTED',
    'DEFERRED',
    'PENDING_DOI',
    'PENDING_GUARDIAN',
    'GIVEN',
    'REFUSED',
    'WITHDRAWN',
    'REVOKED',
    'INVALIDATED',
    'OBJECTED',
  ]),
  at: instant.nullable(),
  controller: z.string(),
  subject: z.enum(['active', 'blocked', 'erased']),
  contactPoint: z.string(),
  version: z.number(),
  sources: texts,
})

const mergeVectorSchema = z.object({
  a: mergeSideSchema,
  b: mergeSideSchema,
  level: z.enum(['L0', 'L1', 'L2']),
  options: z.looseObject({ personChoice: z.enum(['GIVEN', 'REFUSED', 'WITHDRAWN']).optional() }).default({}),
})

/** True when a field whose name speaks of it is set; the format leaves the spelling of these two open. */
const says = (record: Readonly<Record<string, unknown>>, about: RegExp): boolean =>
  Object.entries(record).some(([name, value]) => about.test(name) && value !== false && value != null)

/** Reads and answers one case of a merge file; throws a ZodError when it is not one. */
export function answerMergeVector(value: unknown): Readonly<Record<string, unknown>> {
  const { a, b, level, options } = mergeVectorSchema.parse(value)
  const toSide = (side: z.infer<typeof mergeSideSchema>): MergeSide => ({
    id: side.id,
    state: side.state,
    at: side.at,
    controller: side.controller,
    subject: side.subject,
    contactPoint: side.contactPoint,
    purposeVersion: side.version,
    sources: side.sources,
    objectsToAllMarketing: says(side, /object/i) || (side.state !== 'GIVEN' && says(options, /object/i)),
    requestOpen: says(side, /request/i) || says(options, /request/i),
  })
  return { ...mergeSides(toSide(a), toSide(b), level, options.personChoice) }
}
