import { z } from 'zod'
import type { CommandHouse } from '../cli/command-house.ts'
import type { House } from '../compose.ts'
import {
  discardDraft,
  dpvOfRegistry,
  explainFor,
  impactOfPublishing,
  legalBases,
  lintDocument,
  type PurposeDocument,
  pgRegistrySource,
  pgStandingCounts,
  publishDocument,
  publishNotice,
  purposeClasses,
  restrictionExemptions,
  retirePurpose,
} from '../features/consent/index.ts'
import type { Actor } from '../kernel/actor.ts'
import { invalid } from '../kernel/errors.ts'
import { contactChannels } from '../kernel/evidence.ts'
import { parseId } from '../kernel/ids.ts'
import { previewOf } from './preview-purpose.ts'

const commandLine: Actor = { kind: 'system', name: 'cli' }

const words = z.record(z.string(), z.string().min(1))

const wording = {
  id: z.string().min(1).max(100),
  version: z.int().positive(),
  language: z.string().min(2).max(35),
  surface: z.enum(['screen', 'voice', 'paper']).exactOptional(),
  title: z.string().min(1),
  summary: z.string().min(1),
  text: z.string().min(1),
}

const obligations = z.enum([
  'include_optout',
  'identify_as_commercial',
  'name_sender',
  'no_onward_use',
  'offer_objection',
  'state_source',
  'commercial_number_code',
  'call_window',
  'record_call',
  'hash_with_partner_salt',
  'delete_after_match',
])

const documentShape = z.strictObject({
  purpose: z.strictObject({
    id: z.string(),
    class: z.enum(purposeClasses),
    position: z.int().exactOptional(),
    bases: z.array(z.enum(legalBases)),
    attributes: z.array(z.string()),
    contactChannels: z.array(z.enum(contactChannels)),
    recipients: z.array(z.string()),
    retention: words,
    howToStop: words,
    dpv: z.string(),
    change: z.enum(['editorial', 'material']),
    validity: z.string().exactOptional(),
    art9Ground: z.string().exactOptional(),
    legalReference: z.string().exactOptional(),
    restrictionExempt: z.enum(restrictionExemptions).exactOptional(),
    assessment: z
      .strictObject({
        approved: z.boolean(),
        reviewBy: z.iso.datetime(),
        reference: z.string().exactOptional(),
      })
      .exactOptional(),
    obligations: z.array(obligations).exactOptional(),
  }),
  notices: z.array(z.strictObject(wording)).min(1),
})

const noticeShape = z.strictObject({
  ...wording,
  purpose: z.string(),
  purposeVersion: z.int().positive(),
})

function read<Shape>(schema: z.ZodType<Shape>, document: unknown): Shape {
  const result = schema.safeParse(document)
  if (result.success) return result.data
  const issues = result.error.issues.map(({ path, code }) => ({ field: path.join('.'), code }))
  throw invalid('invalid-input', z.prettifyError(result.error).replaceAll('\n', ' '), issues)
}

/** The registry of purposes and the explanation of decisions, for the command line. */
export function registryCommands(house: House): Pick<CommandHouse, 'purposes' | 'notices' | 'decisions'> {
  const { consoleWork, platform, registry, ledger, names } = house
  const { clock, lanes } = platform
  const counts = pgStandingCounts(lanes.console)
  const parts = { work: consoleWork, clock }
  const report = async (document: PurposeDocument) => ({
    findings: lintDocument(document, registry.current()),
    impact: await impactOfPublishing({ counts, registry: registry.current() }, document.purpose),
  })
  return {
    purposes: {
      list: async () => {
        const current = await registry.refresh()
        return [...current.active.values()].map(({ purpose, version, bases, contactChannels: by }) => ({
          id: purpose,
          version,
          class: current.purposes.get(purpose)?.class ?? '',
          bases,
          contactChannels: by,
        }))
      },
      lint: async (document) => report(read(documentShape, document)),
      publish: async (given, options) => {
        const document = read(documentShape, given)
        const told = await report(document)
        const { version } = await publishDocument(
          { work: consoleWork, clock, registry: registry.current() },
          { actor: commandLine, document, ...options },
        )
        await registry.refresh()
        return { ...told, version }
      },
      preview: async (given) => previewOf(house, read(documentShape, given)),
      discard: async (purpose) => {
        const version = await discardDraft(parts, { actor: commandLine, purpose })
        await registry.refresh()
        return version
      },
      retire: async (purpose, reason) => {
        if (reason.trim() === '') throw invalid('reason-missing', 'Say why it is retired.')
        await retirePurpose(parts, { actor: commandLine, purpose, reason: reason.trim() })
        await registry.refresh()
      },
      exportDpv: async () => dpvOfRegistry(await registry.refresh()),
    },
    notices: {
      publish: async (given) => {
        const notice = read(noticeShape, given)
        const textHash = await publishNotice({ work: consoleWork, clock }, { actor: commandLine, notice })
        await registry.refresh()
        return { textHash }
      },
    },
    decisions: {
      explain: async (question) => {
        const subjectId = parseId<'subject'>(question.subject)
        const current = await registry.refresh()
        const version = current.active.get(question.purpose)
        const asked = question.contactChannel ?? version?.contactChannels[0] ?? 'none'
        const contactChannel = contactChannels.find((one) => one === asked)
        if (contactChannel === undefined)
          throw invalid('choice_not_offered', `There is no contact channel ${asked}.`)
        const at = question.at === undefined ? undefined : new Date(question.at)
        if (at !== undefined && Number.isNaN(at.getTime())) {
          throw invalid('invalid-input', `${question.at} is no date.`)
        }
        if (subjectId === undefined) return undefined
        return explainFor(
          { facts: ledger.facts, registry, past: pgRegistrySource(lanes.console), clock },
          {
            subjectId,
            query: {
              controller: names.controller,
              brand: names.brand,
              system: question.system ?? '(house)',
              purpose: question.purpose,
              contactChannel,
              attribute: question.attribute ?? version?.attributes[0] ?? '',
            },
            ...(at === undefined ? {} : { asOf: at }),
          },
        )
      },
    },
  }
}
