import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import {
  type ChangedPurpose,
  type ChangesModel,
  ChangesView,
  type SinceName,
} from '../../../views/privacy-centre/changes.tsx'
import {
  changesSince,
  type PublishedRegistry,
  type PurposeChange,
  purposeTitle,
} from '../../features/consent/index.ts'
import { notFound } from '../../kernel/errors.ts'
import { type Answer, seeOther } from '../../platform/web/answer.ts'
import { defineRoute } from '../../platform/web/define-route.ts'
import type { GuardedRequest, Route } from '../../platform/web/route.ts'
import type { PageExtras } from '../page-renderer.ts'
import { labelOf } from '../purpose-cards.ts'
import { paragraph, textDifference } from '../text-difference.ts'
import { entryOf } from './history-entry.ts'
import { lastVisit } from './last-visit.ts'
import { type PrivacyCentreDeps, subjectOf } from './privacy-deps.ts'

export const changesPath = '/privacy/changes'

const days = { month: 30, year: 365 } as const
const names = ['last-visit', 'month', 'year'] as const satisfies readonly SinceName[]

function startOf(day: string, timeZone: string): Date | undefined {
  try {
    const begins = Temporal.PlainDate.from(day).toZonedDateTime(timeZone)
    return new Date(begins.epochMilliseconds)
  } catch {
    return undefined
  }
}

type Asked = { readonly name: SinceName | undefined; readonly at: Date }

/** The day asked for by name or date; the last visit when none was, and a month when there was none. */
function sinceOf(asked: string | undefined, last: Date | undefined, now: Date, timeZone: string): Asked {
  const named = names.find((name) => name === asked)
  const day = asked === undefined || named !== undefined ? undefined : startOf(asked, timeZone)
  if (day !== undefined && day <= now) return { name: undefined, at: day }
  if (last !== undefined && named !== 'month' && named !== 'year') return { name: 'last-visit', at: last }
  const name = named === 'year' ? 'year' : 'month'
  return { name, at: new Date(now.getTime() - days[name] * 86_400_000) }
}

function purposeModel(change: PurposeChange, registry: PublishedRegistry, language: string): ChangedPurpose {
  const { purpose, kind, before, now, attributes, recipients } = change
  const label = (id: string) => labelOf(registry, id, language)
  const name = (id: string) => registry.systemNames.get(id)?.name ?? id
  const difference = before && kind === 'changed' ? textDifference(registry, before, language) : undefined
  const isNew = kind === 'new' && now !== undefined
  return {
    id: purpose.replaceAll('.', '-'),
    title: now?.title ?? before?.title ?? purposeTitle(registry, purpose, language),
    kind,
    ...(difference === undefined ? {} : { difference }),
    ...(isNew ? { text: { words: paragraph(now), language: now.language } } : {}),
    dataAdded: kind === 'ended' ? [] : attributes.added.map(label),
    dataRemoved: kind === 'ended' ? [] : attributes.removed.map(label),
    recipientsAdded: kind === 'ended' ? [] : recipients.added.map(name),
    recipientsRemoved: kind === 'ended' ? [] : recipients.removed.map(name),
  }
}

async function show(
  deps: PrivacyCentreDeps,
  request: GuardedRequest,
  wanted: { readonly since?: string | undefined; readonly typed?: string },
  extras: PageExtras = {},
): Promise<Answer> {
  const subjectId = subjectOf(request)
  const language = deps.renderer.languageOf(request)
  const [known, last] = await Promise.all([
    deps.ledger.facts.find(subjectId),
    lastVisit(deps, request.exchange, subjectId),
  ])
  if (known === undefined) throw notFound('subject-unknown', 'There is no such account.')
  const asked = sinceOf(wanted.since, last, deps.clock.now(), deps.timeZone)
  // Before the account there was nothing the person knew, so nothing of it can have changed for them.
  const since = new Date(Math.max(asked.at.getTime(), known.since.getTime()))
  const { purposes, decisions } = await changesSince(
    { ...deps.ledger, past: deps.past },
    { subjectId, since, language },
  )
  const registry = deps.ledger.registry.current()
  const brandName = registry.brands.get(deps.house.brand)?.name ?? deps.house.brand
  const choices = names.filter((name) => name !== 'last-visit' || last !== undefined)
  const model: ChangesModel = {
    since,
    choices: choices.map((name) => ({
      name,
      href: `${changesPath}?since=${name}`,
      current: name === asked.name,
    })),
    ...(wanted.typed === undefined ? {} : { typed: wanted.typed }),
    purposes: purposes.map((change) => purposeModel(change, registry, language)),
    entries: decisions.map((line) =>
      entryOf(line, {
        registry,
        facts: known.facts.events,
        brandName,
        language,
        placeName: deps.placeName,
      }),
    ),
  }
  return deps.renderer.show(request, ChangesView, model, extras)
}

/** What changed since the last visit, or any other day: texts, data, recipients, and what was recorded. */
export const changesRoutes = (deps: PrivacyCentreDeps): readonly Route[] => [
  defineRoute({
    name: 'privacy-centre.changes',
    method: 'GET',
    path: changesPath,
    caller: { who: 'subject' },
    query: z.object({ since: z.string().max(20).optional().catch(undefined) }),
    answers: [200],
    handle: async (request) => {
      const { since } = request.query
      const isDay = since !== undefined && startOf(since, deps.timeZone) !== undefined
      return show(deps, request, { since, ...(isDay ? { typed: since } : {}) })
    },
  }),
  defineRoute({
    name: 'privacy-centre.changes.choose',
    method: 'POST',
    path: changesPath,
    caller: { who: 'subject' },
    body: { type: 'form', schema: z.strictObject({ since: z.string().max(40).default('') }) },
    answers: [303, 422],
    handle: async (request) => {
      const typed = request.body.since
      const day = startOf(typed, deps.timeZone)
      if (day !== undefined && day <= deps.clock.now()) return seeOther(`${changesPath}?since=${typed}`)
      const code = day === undefined ? 'date-invalid' : 'since-in-future'
      return show(deps, request, { typed }, { fieldErrors: [{ field: 'since', code }] })
    },
  }),
]
