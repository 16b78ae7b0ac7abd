import { type AnswersModel, type PurposeLineModel, PurposesView } from '../../../views/staff/purposes.tsx'
import {
  campaignStateOf,
  dpvOfRegistry,
  type KeptCounts,
  type PublishedRegistry,
} from '../../features/consent/index.ts'
import type { Answer } from '../../platform/web/answer.ts'
import { defineRoute } from '../../platform/web/define-route.ts'
import type { Route } from '../../platform/web/route.ts'
import { campaignPath } from './campaign-path.ts'
import { inForce, type PurposeFile, stateOf, titleOf } from './purpose-file.ts'
import { type PurposesDeps, purposePath, purposesPath } from './purposes-deps.ts'

/** Where nobody is asked there are no answers to count. */
export function answersOf(
  { id, record }: Pick<PurposeFile, 'id' | 'record'>,
  { purposes }: KeptCounts,
): { readonly answers: AnswersModel | 'not-counted' } | undefined {
  if (inForce(record)?.proposed.bases.includes('consent') !== true) return undefined
  const kept = purposes.get(id)
  if (kept === undefined) return { answers: 'not-counted' }
  const { people, yes, no } = kept.numbers
  return { answers: { yes, no, nothing: Math.max(0, people - yes - no), countedAt: kept.countedAt } }
}

/** The campaigns that run, by the purpose they ask about. */
async function running(deps: PurposesDeps, { campaigns }: KeptCounts) {
  const now = deps.clock.now()
  const all = await deps.campaigns.all()
  return new Map(
    all
      .filter((campaign) => campaignStateOf(campaign, now) === 'running')
      .map(({ campaignId, purpose }) => [
        purpose,
        { href: campaignPath(campaignId), ...campaigns.get(campaignId)?.numbers },
      ]),
  )
}

async function linesOf(deps: PurposesDeps, language: string): Promise<readonly PurposeLineModel[]> {
  const [registry, records, copies, counts] = await Promise.all([
    deps.registry.refresh(),
    deps.purposes.all(),
    deps.purposes.workingCopies(),
    deps.houseCounts.kept(),
  ])
  const campaigns = await running(deps, counts)
  const written = copies.map(({ purpose }) => purpose)
  const known = records.map(({ id }) => id)
  return [...known, ...written.filter((id) => !known.includes(id))].flatMap((id) => {
    const record = records.find((one) => one.id === id)
    const copy = copies.find(({ purpose }) => purpose === id)
    const file: PurposeFile = { id, record, copy, registry }
    const shown = inForce(record)?.proposed ?? copy?.document.purpose ?? record?.versions.at(-1)?.proposed
    if (shown === undefined) return []
    const version = inForce(record)?.version
    const campaign = campaigns.get(id)
    return [
      {
        id,
        title: titleOf(file, language),
        href: purposePath(id),
        state: stateOf(record),
        ...(version === undefined ? {} : { version }),
        bases: shown.bases,
        contactChannels: shown.contactChannels,
        draftWaits: copy !== undefined,
        ...answersOf(file, counts),
        ...(campaign === undefined ? {} : { campaign }),
      },
    ]
  })
}

/** The registry in the words of the vocabulary; about one purpose where one is named. */
export const dpvFile = (registry: PublishedRegistry, purpose?: string): Answer => ({
  kind: 'file',
  status: 200,
  type: 'application/ld+json',
  body: JSON.stringify(
    dpvOfRegistry(purpose === undefined ? registry : { ...registry, order: [purpose] }),
    null,
    2,
  ),
  downloadAs: `placet-dpv-${purpose ?? 'registry'}.jsonld`,
})

export const purposesRoutes = (deps: PurposesDeps): readonly Route[] => [
  defineRoute({
    name: 'dpo.purposes',
    method: 'GET',
    path: purposesPath,
    caller: { who: 'staff', power: 'purpose.change' },
    answers: [200],
    handle: async (request) =>
      deps.renderer.show(request, PurposesView, {
        purposes: await linesOf(deps, deps.renderer.languageOf(request)),
        newHref: '/dpo/purpose-document',
        exportHref: '/dpo/purpose-registry',
      }),
  }),
  defineRoute({
    name: 'dpo.purposes.dpv',
    method: 'GET',
    path: '/dpo/purpose-registry',
    caller: { who: 'staff', power: 'purpose.change' },
    answers: [200],
    handle: async () => dpvFile(await deps.registry.refresh()),
  }),
]
