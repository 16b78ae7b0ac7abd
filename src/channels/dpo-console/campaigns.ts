import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import type { MessageKey } from '../../../views/page.tsx'
import { type CampaignModel, CampaignView } from '../../../views/staff/campaign.tsx'
import { type CampaignFields, CampaignsView, coolOffs } from '../../../views/staff/campaigns.tsx'
import {
  type CampaignId,
  type CampaignStatus,
  campaignStateOf,
  campaignStatus,
  draftCampaign,
  endCampaign,
  startCampaign,
} from '../../features/consent/index.ts'
import { type FieldIssue, notFound } from '../../kernel/errors.ts'
import { parseId } from '../../kernel/ids.ts'
import { seeOther } from '../../platform/web/answer.ts'
import { defineRoute } from '../../platform/web/define-route.ts'
import type { Route } from '../../platform/web/route.ts'
import { fieldErrorsOf, type PageExtras, type PageRequest } from '../page-renderer.ts'
import { campaignPath, campaignsPath } from './campaign-path.ts'
import { noticeOf } from './purpose.ts'
import { refusalOf, titleOf } from './purpose-file.ts'
import { type PurposesDeps, purposePath } from './purposes-deps.ts'

const field = (most: number) => z.string().max(most).default('')
const plan = z.strictObject({
  purpose: field(100),
  opens: field(10),
  closes: field(10),
  cool_off: field(10),
  key: field(100),
})
const ofCampaign = z.object({ campaign: z.string().max(100) })
const told = {
  saved: 'flash.campaign-saved',
  started: 'flash.campaign-started',
  ended: 'flash.campaign-ended',
} as const satisfies Record<string, MessageKey>

/** The field each refusal is about. */
const fieldOf: Readonly<Record<string, string>> = {
  'campaign-needless': 'purpose',
  'purpose-unknown': 'purpose',
  'campaign-window': 'closes',
  'campaign-cool-off': 'cool_off',
}

const dayAt = (day: string): Temporal.PlainDate | undefined => {
  try {
    return /^\d{4}-\d\d-\d\d$/.test(day) ? Temporal.PlainDate.from(day, { overflow: 'reject' }) : undefined
  } catch {
    return undefined
  }
}

const midnight = (day: Temporal.PlainDate, timeZone: string): Date =>
  new Date(day.toZonedDateTime(timeZone).epochMilliseconds)

interface Window {
  readonly opensAt: Date
  readonly closesAt: Date
}

/** Days as the controller's seat counts them, the last one included; or what is wrong with them. */
function windowOf(
  { opens, closes, purpose, cool_off: coolOff }: CampaignFields,
  timeZone: string,
): Window | readonly FieldIssue[] {
  const [first, last] = [dayAt(opens), dayAt(closes)]
  const wrong = [
    ...(purpose === '' ? [{ field: 'purpose', code: 'campaign-purpose-missing' }] : []),
    ...(first === undefined ? [{ field: 'opens', code: 'campaign-day-invalid' }] : []),
    ...(last === undefined ? [{ field: 'closes', code: 'campaign-day-invalid' }] : []),
    ...(coolOffs.some((one) => one === coolOff) ? [] : [{ field: 'cool_off', code: 'campaign-cool-off' }]),
  ]
  if (wrong.length > 0 || first === undefined || last === undefined) return wrong
  return { opensAt: midnight(first, timeZone), closesAt: midnight(last.add({ days: 1 }), timeZone) }
}

const isWrong = (asked: Window | readonly FieldIssue[]): asked is readonly FieldIssue[] =>
  Array.isArray(asked)

const modelOf = (status: CampaignStatus, title: string): CampaignModel => {
  const { campaign, state, audience, toBeAsked, unanswered, counting, asked, agreed, refused, putOff } =
    status
  const { campaignId, purpose, purposeVersion, opensAt, closesAt, coolOff } = campaign
  const { startedAt, endedAt } = campaign
  return {
    href: campaignPath(campaignId),
    title,
    purposeHref: purposePath(purpose),
    state,
    version: purposeVersion,
    opensAt,
    // The window ends with the last day and not after it.
    closesAt: new Date(closesAt.getTime() - 1),
    coolOff,
    toBeAsked,
    unanswered,
    counting,
    asked,
    agreed,
    refused,
    putOff,
    ...(audience === undefined ? {} : { audience }),
    ...(startedAt === undefined ? {} : { startedAt }),
    ...(endedAt === undefined ? {} : { endedAt }),
  }
}

export function campaignRoutes(deps: PurposesDeps): readonly Route[] {
  const parts = { reads: deps.campaigns, registry: deps.registry, clock: deps.clock }
  const title = (purpose: string, language: string) =>
    titleOf({ id: purpose, copy: undefined, registry: deps.registry.current() }, language)

  const showAll = async (request: PageRequest, fields: CampaignFields, key: string, extras?: PageExtras) => {
    const registry = await deps.registry.refresh()
    const language = deps.renderer.languageOf(request)
    const all = await deps.campaigns.all()
    const { campaigns: counted } = await deps.houseCounts.kept()
    const now = deps.clock.now()
    return deps.renderer.show(
      request,
      CampaignsView,
      {
        campaigns: all.map((campaign) => {
          const kept = counted.get(campaign.campaignId)
          return {
            id: campaign.campaignId,
            href: campaignPath(campaign.campaignId),
            title: title(campaign.purpose, language),
            state: campaignStateOf(campaign, now),
            opensAt: campaign.opensAt,
            closesAt: new Date(campaign.closesAt.getTime() - 1),
            ...(kept === undefined ? {} : { progress: { ...kept.numbers, countedAt: kept.countedAt } }),
          }
        }),
        purposes: [...registry.active.values()]
          .filter(({ reconsentMin, bases }) => reconsentMin > 1 && bases.includes('consent'))
          .map(({ purpose }) => ({ id: purpose, title: title(purpose, language) })),
        fields,
        key,
      },
      extras,
    )
  }
  const known = (text: string): CampaignId => {
    const campaignId = parseId<'campaign'>(text)
    if (campaignId === undefined) throw notFound('campaign-unknown', 'There is no such campaign.')
    return campaignId
  }
  const showOne = async (request: PageRequest, campaignId: CampaignId, extras?: PageExtras) => {
    const status = await campaignStatus(parts, campaignId)
    const name = title(status.campaign.purpose, deps.renderer.languageOf(request))
    return deps.renderer.show(request, CampaignView, modelOf(status, name), extras)
  }
  const today = () =>
    Temporal.Instant.fromEpochMilliseconds(deps.clock.now().getTime())
      .toZonedDateTimeISO(deps.timeZone)
      .toPlainDate()
  const caller = { who: 'staff', power: 'purpose.change' } as const
  const step = (name: 'start' | 'end', done: keyof typeof told): Route =>
    defineRoute({
      name: `dpo.campaign.${name}`,
      method: 'POST',
      path: `/dpo/campaigns/:campaign/${name}`,
      caller,
      params: ofCampaign,
      body: { type: 'form', schema: z.strictObject({}) },
      answers: [303, 422],
      handle: async (request) => {
        const campaignId = known(request.params.campaign)
        const command = { actor: request.actor, evidence: request.evidence, campaignId }
        try {
          await (name === 'start'
            ? startCampaign({ ...parts, work: deps.work }, command)
            : endCampaign(deps, command))
        } catch (error) {
          return showOne(request, campaignId, { formError: { code: refusalOf(error).code } })
        }
        return seeOther(`${campaignPath(campaignId)}?done=${done}`)
      },
    })
  return [
    defineRoute({
      name: 'dpo.campaigns',
      method: 'GET',
      path: campaignsPath,
      caller,
      answers: [200],
      handle: async (request) =>
        showAll(
          request,
          {
            purpose: '',
            opens: today().toString(),
            closes: today().add({ months: 3 }).toString(),
            cool_off: 'P6M',
          },
          deps.entropy.id(),
        ),
    }),
    defineRoute({
      name: 'dpo.campaigns.plan',
      method: 'POST',
      path: campaignsPath,
      caller,
      body: { type: 'form', schema: plan },
      answers: [303, 422],
      handle: async (request) => {
        const { key, ...fields } = request.body
        const campaignId = parseId<'campaign'>(key) ?? deps.entropy.id<'campaign'>()
        const sentBefore = async () => (await deps.campaigns.find(campaignId)) !== undefined
        const window = windowOf(fields, deps.timeZone)
        if (isWrong(window)) {
          return showAll(request, fields, campaignId, { fieldErrors: fieldErrorsOf(window) })
        }
        if (await sentBefore()) return seeOther(campaignPath(campaignId))
        try {
          const registry = await deps.registry.refresh()
          const { purpose, cool_off: coolOff } = fields
          await draftCampaign(
            { ...deps, registry, campaignId },
            { actor: request.actor, evidence: request.evidence, purpose, coolOff, ...window },
          )
        } catch (error) {
          // The same form twice at one moment: the other one has done it.
          if (await sentBefore()) return seeOther(campaignPath(campaignId))
          const { code } = refusalOf(error)
          const fieldErrors = [{ field: fieldOf[code] ?? 'purpose', code }]
          return showAll(request, fields, campaignId, { fieldErrors })
        }
        return seeOther(`${campaignPath(campaignId)}?done=saved`)
      },
    }),
    defineRoute({
      name: 'dpo.campaign',
      method: 'GET',
      path: '/dpo/campaigns/:campaign',
      caller,
      params: ofCampaign,
      query: z.object({ done: z.string().max(40).optional() }),
      answers: [200],
      handle: async (request) =>
        showOne(request, known(request.params.campaign), noticeOf(request.query.done, told)),
    }),
    step('start', 'started'),
    step('end', 'ended'),
  ]
}
