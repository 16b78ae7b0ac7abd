import type { CommandHouse, Decided, LawPreview, RulePackLine } from '../cli/command-house.ts'
import type { House } from '../compose.ts'
import {
  type ChangeProductFamily,
  changeProductFamily,
  documentOf,
  foreseeRulePack,
  packAt,
  pgPeopleUnderLaw,
  publishOwnRulePack,
  type RulePack,
  rulePackOf,
  rulePackShape,
  shippedRulePacks,
} from '../features/consent/index.ts'
import { pgStaffDirectory } from '../features/staff/index.ts'
import type { Actor } from '../kernel/actor.ts'
import { conflict, invalid, notFound } from '../kernel/errors.ts'
import { officersDecision } from './officers-decision.ts'

const commandLine: Actor = { kind: 'system', name: 'cli' }

function read(document: unknown): RulePack {
  const result = rulePackShape.safeParse(document)
  if (result.success) return rulePackOf(result.data)
  const named = result.error.issues.map((issue) => ({ ...issue, field: issue.path.join('.') }))
  throw invalid(
    'rule-pack-document',
    named.map(({ field, message }) => (field === '' ? message : `${field}: ${message}`)).join('; '),
    named.map(({ field, code }) => ({ field, code })),
  )
}

/** The law as data, for the command line. */
export function lawCommands(house: House): Pick<CommandHouse, 'rulePacks' | 'productFamilies'> {
  const { consoleWork, platform, registry, ledger } = house
  const { clock, lanes, reader } = platform
  const decisionOf = officersDecision(pgStaffDirectory(reader))
  const preview = async (document: unknown): Promise<LawPreview & { readonly pack: RulePack }> => {
    const pack = read(document)
    const current = await registry.refresh()
    const { jurisdiction, version } = pack
    if (current.packs.get(jurisdiction)?.some((one) => one.version === version)) {
      throw conflict('rule-pack-published', `${jurisdiction} ${version} is published and cannot change.`)
    }
    const people = pgPeopleUnderLaw(lanes.console)
    const impact = await foreseeRulePack({ people, facts: ledger.facts, registry: current, clock }, pack)
    return { jurisdiction, version, impact, pack }
  }
  const told = ({ pack: _, ...preview }: LawPreview & { readonly pack: RulePack }): LawPreview => preview
  const change = async (
    what: 'add' | 'remove',
    command: Pick<ChangeProductFamily, 'family' | 'categories'>,
    decided: Decided,
  ): Promise<readonly string[]> => {
    const decision = await decisionOf(decided)
    const parts = { work: consoleWork, clock }
    const changed = await changeProductFamily(parts, what, { actor: commandLine, decision, ...command })
    await registry.refresh()
    return changed
  }
  return {
    productFamilies: {
      list: async () =>
        [...(await registry.refresh()).productFamilies].map(([family, categories]) => ({
          family,
          categories,
        })),
      add: (family, categories, decided) => change('add', { family, categories }, decided),
      remove: (family, categories, decided) =>
        change('remove', { family, ...(categories === undefined ? {} : { categories }) }, decided),
    },
    rulePacks: {
      list: async () => {
        const { packs } = await registry.refresh()
        const now = clock.now().getTime()
        const line = (pack: RulePack, state: RulePackLine['state']): RulePackLine => ({
          jurisdiction: pack.jurisdiction,
          version: pack.version,
          validFrom: new Date(pack.validFrom).toISOString().slice(0, 10),
          own: pack.own === true,
          state,
        })
        const held = [...packs.values()].flatMap((versions) => {
          const inForce = packAt(versions, now)
          return versions.map((pack) =>
            line(pack, pack === inForce ? 'in force' : pack.validFrom > now ? 'to come' : 'superseded'),
          )
        })
        const waiting = [...shippedRulePacks.values()]
          .flat()
          .filter(({ jurisdiction, version }) =>
            packs.get(jurisdiction)?.every((one) => one.version !== version),
          )
          .map((pack) => line(pack, 'not followed'))
        return [...held, ...waiting].sort((a, b) => (a.jurisdiction < b.jurisdiction ? -1 : 1))
      },
      show: async (given, version) => {
        const jurisdiction = given.toUpperCase()
        const held = (await registry.refresh()).packs.get(jurisdiction) ?? []
        const pack =
          version === undefined
            ? packAt(held, clock.now().getTime())
            : [...held, ...(shippedRulePacks.get(jurisdiction) ?? [])].find((one) => one.version === version)
        if (pack !== undefined) return documentOf(pack)
        throw notFound('rule-pack-unknown', `There is no such version of the law of ${jurisdiction}.`)
      },
      preview: async (document) => told(await preview(document)),
      publish: async (document, decided) => {
        const decision = await decisionOf(decided)
        const foreseen = await preview(document)
        await publishOwnRulePack(
          { work: consoleWork, clock },
          { actor: commandLine, decision, pack: foreseen.pack },
        )
        await registry.refresh()
        return told(foreseen)
      },
    },
  }
}
