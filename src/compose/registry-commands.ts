import { z } from 'zod'
import type { CommandHouse } from '../cli/command-house.ts'
import type { House } from '../compose.ts'
import {
  discardDraft,
  dpvOfRegistry,
  explainFor,
  impactOfPublishing,
  lintDocument,
  noticeWordingShape,
  type PurposeDocument,
  pgPastFacts,
  pgRegistrySource,
  pgStandingCounts,
  publishDocument,
  publishNotice,
  purposeDocumentShape,
  retirePurpose,
} from '../features/consent/index.ts'
import type { Actor } from '../kernel/actor.ts'
import { invalid } from '../kernel/errors.ts'
import { contactChannels } from '../kernel/evidence.ts'
import { parseId } from '../kernel/ids.ts'
import { previewOf } from './preview-purpose.ts'

const commandLine: Actor = { kind: 'system', name: 'cli' }

const noticeShape = z.strictObject({
  ...noticeWordingShape,
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
  const { consoleWork, platform, registry, ledger, names, sealer } = house
  const { clock, lanes, reader } = platform
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
      lint: async (document) => report(read(purposeDocumentShape, document)),
      publish: async (given, options) => {
        const document = read(purposeDocumentShape, given)
        const told = await report(document)
        const { version } = await publishDocument(
          { work: consoleWork, clock, registry: registry.current() },
          { actor: commandLine, document, ...options },
        )
        await registry.refresh()
        return { ...told, version }
      },
      preview: async (given) => previewOf(house, read(purposeDocumentShape, given)),
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
        const at = question.at === undefined ? undefined : new Date(question.at)
        if (at !== undefined && Number.isNaN(at.getTime())) {
          throw invalid('invalid-input', `${question.at} is no date.`)
        }
        const past = pgRegistrySource(lanes.console)
        const current = await registry.refresh()
        // What is left out is filled in from the version of the day: the purpose may have changed or been retired since.
        const version = (at === undefined ? current : await past.loadAsOf(at)).active.get(question.purpose)
        const asked = question.contactChannel ?? version?.contactChannels[0] ?? 'none'
        const contactChannel = contactChannels.find((one) => one === asked)
        if (contactChannel === undefined)
          throw invalid('choice_not_offered', `There is no contact channel ${asked}.`)
        if (subjectId === undefined) return undefined
        const pastFacts = pgPastFacts(reader, { sealer, controller: names.controller })
        return explainFor(
          { facts: ledger.facts, registry, past, pastFacts, clock },
          {
            subjectId,
            query: {
              controller: names.controller,
              brand: names.brand,
              system: question.system ?? '(house)',
              purpose: question.purpose,
              contactChannel,
              attribute: question.attribute ?? version?.attributes[0] ?? '',
              campaignCategory: question.campaignCategory,
            },
            ...(at === undefined ? {} : { asOf: at }),
          },
        )
      },
    },
  }
}
