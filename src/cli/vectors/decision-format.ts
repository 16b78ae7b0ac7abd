import { z } from 'zod'
import type {
  ConsentEvent,
  ConsentEventType,
  DecisionVector,
  LegalBasis,
  Purpose,
  RecipientSystem,
  Registry,
  Restriction,
  RulePack,
} from '../../features/consent/index.ts'
import {
  consentEventTypes,
  legalBases,
  period,
  purposeClasses,
  restrictionExemptions,
} from '../../features/consent/index.ts'
import { channelOrAny, contactChannel, instant, maybe, texts } from './reading.ts'

/** A basis, class or actor this product does not know is read as one that permits nothing more, so the file stays usable. */
const isKnownBasis = (basis: string): basis is LegalBasis => legalBases.some((known) => known === basis)
const bases = texts.transform((all) => all.filter(isKnownBasis))
const isoPeriod = z.string().transform(period)
const perPurpose = <Schema extends z.ZodType>(schema: Schema) =>
  z.record(z.string(), z.record(z.string(), schema)).default({})

const birthDate = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}/)
  .transform((text) => ({
    year: Number(text.slice(0, 4)),
    month: Number(text.slice(5, 7)),
    day: Number(text.slice(8, 10)),
  }))

const purposeSchema = z.object({
  cls: z.enum(purposeClasses).catch('service'),
  bases: bases.default([]),
  attrs: texts.default([]),
  reconsentMin: maybe(z.number()),
  validity: maybe(isoPeriod),
  lia: maybe(z.object({ approved: z.boolean(), reviewBy: instant })),
  restrictionExempt: maybe(z.enum(restrictionExemptions)).catch(undefined),
  art9Ground: maybe(z.string()),
  retired: z.boolean().default(false),
})

const systemSchema = z.object({
  role: z.enum(['internal', 'processor', 'controller']).catch('controller'),
  purposes: texts.default([]),
  legalEntity: maybe(z.string()),
  dpa: maybe(z.boolean()),
  thirdCountry: z.boolean().default(false),
  transferTool: maybe(z.string()),
})

const packSchema = z.object({
  ageOfConsent: z.number(),
  doi: z.array(contactChannel).default([]),
  repromptCooldown: isoPeriod,
  bases: perPurpose(bases),
  validity: perPurpose(isoPeriod),
  softOptInMaxAge: z.record(z.string(), isoPeriod).default({}),
  suppressionLists: texts.default([]),
  suppressionBlocks: bases.default([]),
})

const registrySchema = z.object({
  special: texts.default([]),
  similar: z.record(z.string(), texts).default({}),
  systems: z.record(z.string(), systemSchema),
  purposes: z.record(z.string(), purposeSchema),
  packs: z.object({ DEFAULT: packSchema }).catchall(packSchema),
})

const eventSchema = z.object({
  id: z.string(),
  type: z.string(),
  at: instant,
  controller: z.string(),
  brand: z.string().default('*'),
  purpose: z.string(),
  channel: channelOrAny,
  contactPoint: maybe(z.string()),
  by: z
    .enum(['subject', 'guardian', 'representative', 'agent', 'controller', 'system'])
    .default('subject')
    .catch('agent'),
  consentType: maybe(z.enum(['implied', 'expressed', 'explicit'])),
  purposeVersion: maybe(z.number()),
  attrs: maybe(texts),
  sources: maybe(texts),
  recipients: maybe(texts),
  doiConfirmedAt: maybe(instant),
  confirms: maybe(z.string()),
  guardianVerified: maybe(z.boolean()),
  art: maybe(z.enum(['21(1)', '21(2)'])).catch(undefined),
  duringRestriction: maybe(z.boolean()),
  defaultState: maybe(z.enum(['unticked', 'ticked'])),
  evidenceGrade: maybe(z.enum(['full', 'partial', 'none'])),
})

const restrictionSchema = z.object({
  since: instant,
  liftedAt: maybe(instant),
  scope: z.union([z.string().transform((one) => [one]), texts]),
})

const decisionVectorSchema = z.object({
  id: z.string(),
  now: instant,
  query: z.object({
    system: z.string(),
    purpose: z.string(),
    contactChannel,
    contactPoint: maybe(z.string()),
    attribute: z.string(),
    controller: z.string(),
    brand: z.string(),
    actorRole: maybe(z.string()),
    campaignCategory: maybe(z.string()),
  }),
  subject: z.object({
    state: z.enum(['active', 'blocked', 'erased']),
    jurisdiction: maybe(z.string()),
    birthDate: maybe(birthDate),
    contracts: z
      .array(z.object({ controller: z.string(), at: instant, closedAt: maybe(instant) }))
      .default([]),
    purchases: z
      .array(
        z.object({ at: instant, controller: z.string(), category: z.string(), optOutOffered: z.boolean() }),
      )
      .default([]),
    restriction: maybe(z.union([restrictionSchema.transform((one) => [one]), z.array(restrictionSchema)])),
  }),
  events: z.array(eventSchema).default([]),
  suppression: z.object({
    checkedAt: maybe(instant),
    internal: z.array(z.object({ channel: channelOrAny, reason: z.string() })).default([]),
    external: z
      .array(z.object({ list: z.string(), channel: channelOrAny, effectiveFrom: maybe(instant) }))
      .default([]),
  }),
})

type EventRow = z.infer<typeof eventSchema>

const knownTypes: ReadonlySet<string> = new Set(consentEventTypes)
const isKnownType = (type: string): type is ConsentEventType => knownTypes.has(type)

/**
 * A purchase, a sign-in or joining a club may stand among the events and is none. The format has no sure sign for "given
 * for use during the restriction": without one, a yes said while the restriction stood is read as that.
 */
function toEvent(row: EventRow, restrictions: readonly Restriction[]): ConsentEvent[] {
  const { type, at, channel, attrs, doiConfirmedAt, art, ...same } = row
  if (!isKnownType(type)) return []
  const duringRestriction =
    same.duringRestriction ??
    restrictions.some(({ since, liftedAt }) => since <= at && at < (liftedAt ?? Infinity))
  return [
    {
      ...same,
      type,
      occurredAt: at,
      contactChannel: channel,
      attributes: attrs,
      confirmedAt: doiConfirmedAt,
      article: art,
      duringRestriction,
    },
  ]
}

const toPurpose = (id: string, { cls, attrs, lia, ...same }: z.infer<typeof purposeSchema>): Purpose => ({
  ...same,
  id,
  class: cls,
  attributes: attrs,
  assessment: lia,
})

const toSystem = (
  id: string,
  { dpa, transferTool, ...same }: z.infer<typeof systemSchema>,
): RecipientSystem => ({
  ...same,
  id,
  processorContract: dpa === true ? { reference: id } : undefined,
  transferTool: transferTool === undefined ? undefined : { code: transferTool },
})

const toPack = (jurisdiction: string, pack: z.infer<typeof packSchema>): RulePack => ({
  jurisdiction,
  version: 'vectors',
  validFrom: Number.NEGATIVE_INFINITY,
  digitalConsentAge: [{ age: pack.ageOfConsent, validFrom: Number.NEGATIVE_INFINITY }],
  unknownAge: 'adult',
  doubleOptIn: pack.doi,
  reaskCoolOff: pack.repromptCooldown,
  bases: pack.bases,
  validity: pack.validity,
  softOptInMaxAge: pack.softOptInMaxAge,
  exclusionLists: pack.suppressionLists,
  exclusionListsBlock: pack.suppressionBlocks,
  honourListingsEarly: false,
  obligations: {},
})

/** Reads the registry of a decision file; throws a ZodError when it is not one. */
export function readRegistry(value: unknown): Registry {
  const { special, similar, systems, purposes, packs } = registrySchema.parse(value)
  const { DEFAULT: strictest, ...byJurisdiction } = packs
  return {
    systems: new Map(Object.entries(systems).map(([id, system]) => [id, toSystem(id, system)])),
    purposes: new Map(Object.entries(purposes).map(([id, purpose]) => [id, toPurpose(id, purpose)])),
    packs: new Map(Object.entries(byJurisdiction).map(([code, pack]) => [code, [toPack(code, pack)]])),
    strictest: toPack('*', strictest),
    specialAttributes: new Set(special),
    productFamilies: new Map(Object.entries(similar)),
  }
}

/** Reads one case; throws a ZodError when it is not one. */
export function readDecisionVector(value: unknown): DecisionVector {
  const { id, now, query, subject, events, suppression } = decisionVectorSchema.parse(value)
  const { restriction: restrictions = [], ...known } = subject
  const { external, internal, checkedAt } = suppression
  return {
    id,
    now,
    query,
    facts: {
      subject: { ...known, restrictions },
      events: events.flatMap((event) => toEvent(event, restrictions)),
      suppression: {
        checkedAt,
        internal: internal.map(({ channel, reason }) => ({ contactChannel: channel, reason })),
        listings: external.map(({ channel, ...same }) => ({ ...same, contactChannel: channel })),
      },
    },
  }
}
