import { type AnswersModel, type PurposeLineModel, PurposesView } from '../../../views/staff/purposes.tsx'
import {
  campaignStatus,
  dpvOfRegistry,
  type PublishedRegistry,
  type PurposeAnswers,
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
  { people, byPurpose }: PurposeAnswers,
): { readonly answers: AnswersModel } | undefined {
  if (inForce(record)?.proposed.bases.includes('consent') !== true) return undefined
  const { yes, no } = byPurpose.get(id) ?? { yes: 0, no: 0 }
  return { answers: { yes, no, nothing: Math.max(0, people - yes - no) } }
}

/** The campaigns that run, by the purpose they ask about. */
async function running(deps: PurposesDeps) {
  const parts = { reads: deps.campaigns, registry: deps.registry, clock: deps.clock }
  const started = (await deps.campaigns.all()).filter(
    ({ startedAt, endedAt }) => startedAt !== undefined && endedAt === undefined,
  )
  const standing = await Promise.all(started.map(({ campaignId }) => campaignStatus(parts, campaignId)))
  return new Map(
    standing
      .filter(({ state }) => state === 'running')
      .map(({ campaign, asked }) => [
        campaign.purpose,
        { href: campaignPath(campaign.campaignId), asked, audience: campaign.audience ?? 0 },
      ]),
  )
}

async function linesOf(deps: PurposesDeps, language: string): Promise<readonly PurposeLineModel[]> {
  const [registry, records, copies, answers, campaigns] = await Promise.all([
    deps.registry.refresh(),
    deps.purposes.all(),
    deps.purposes.workingCopies(),
    deps.purposes.answers(),
    running(deps),
  ])
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
        ...answersOf(file, answers),
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
