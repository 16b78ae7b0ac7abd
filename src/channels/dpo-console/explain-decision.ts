import { z } from 'zod'
import { type Language, translator } from '../../../views/page.tsx'
import {
  ExplainDecisionView,
  type ExplainedModel,
  type ExplainFields,
} from '../../../views/staff/explain-decision.tsx'
import {
  type Explanation,
  explainFor,
  houseSystem,
  inLanguage,
  keyFor,
  type PublishedRegistry,
  purposeTitle,
} from '../../features/consent/index.ts'
import type { FieldIssue } from '../../kernel/errors.ts'
import { contactChannels } from '../../kernel/evidence.ts'
import { defineRoute } from '../../platform/web/define-route.ts'
import type { Route } from '../../platform/web/route.ts'
import { fieldErrorsOf, type PageExtras, type PageRequest } from '../page-renderer.ts'
import { labelOf } from '../purpose-cards.ts'
import { asOf } from './past-day.ts'
import type { PersonDeps } from './person-deps.ts'
import { peoplePath, personPath, type Visit, visitOf } from './person-visit.ts'

const asked = z.strictObject({
  purpose: z.string().max(200).default(''),
  contact_channel: z.string().max(40).default(''),
  recipient: z.string().max(200).default(houseSystem),
  day: z.string().max(10).default(''),
})

/** Channels on which anything is done at all; the others would only ever be answered by no. */
const channelsOf = ({ active }: PublishedRegistry) => {
  const used = new Set([...active.values()].flatMap((version) => version.contactChannels))
  return contactChannels.filter((channel) => used.has(channel))
}

const recipientsOf = ({ systems, systemNames }: PublishedRegistry, language: Language) => [
  { value: houseSystem, words: translator(language)('explain.house') },
  ...[...systems.keys()]
    .filter((id) => id !== houseSystem)
    .map((value) => ({ value, words: systemNames.get(value)?.name ?? value })),
]

function explainedModel(
  { decision, law, says, cites, rules, at, knew }: Explanation,
  attribute: string,
  language: Language,
): ExplainedModel {
  return {
    permitted: decision.decision === 'PERMIT',
    says: inLanguage(says, language),
    cites,
    basis: decision.basis ?? undefined,
    attribute,
    at: new Date(at),
    validUntil: decision.validUntil === null ? undefined : new Date(decision.validUntil),
    law,
    knew: knew.map((one) => ({ id: one.fact, says: inLanguage(one.says, language), known: one.known })),
    rules: rules.map((rule) => ({
      number: rule.number,
      asks: inLanguage(rule.asks, language),
      cites: rule.cites,
      outcome: rule.outcome,
      says: rule.says && inLanguage(rule.says, language),
      bases: (rule.bases ?? []).map((tried) => ({
        basis: tried.basis,
        outcome: tried.outcome,
        says: tried.says && inLanguage(tried.says, language),
        cites: tried.cites,
      })),
    })),
  }
}

/** Why one use about one person is allowed or not, now or at the end of a past day. */
export function explainRoutes(deps: PersonDeps): readonly Route[] {
  const path = `${peoplePath}/:subjectId/explain`
  const caller = { who: 'staff', power: 'evidence.read' } as const
  const params = z.object({ subjectId: z.string() })

  const show = (
    request: PageRequest,
    visit: Visit,
    fields: ExplainFields,
    extras: PageExtras,
    explained?: ExplainedModel,
  ) => {
    const language = deps.renderer.languageOf(request)
    const { registry, subjectId } = visit
    return deps.renderer.show(
      request,
      ExplainDecisionView,
      {
        action: `${personPath(subjectId)}/explain`,
        personHref: personPath(subjectId),
        fields,
        purposes: registry.order.map((value) => ({ value, words: purposeTitle(registry, value, language) })),
        contactChannels: channelsOf(registry),
        recipients: recipientsOf(registry, language),
        explained,
      },
      extras,
    )
  }

  return [
    defineRoute({
      name: 'dpo.explain',
      method: 'GET',
      path,
      caller,
      params,
      query: z.object(asked.shape),
      answers: [200, 303],
      handle: async (request) => {
        const found = await visitOf(deps, request)
        if ('instead' in found) return found.instead
        return show(request, found.visit, request.query, { cookies: found.cookies })
      },
    }),
    defineRoute({
      name: 'dpo.explain.ask',
      method: 'POST',
      path,
      caller,
      params,
      body: { type: 'form', schema: asked },
      answers: [200, 303, 422],
      handle: async (request) => {
        const found = await visitOf(deps, request)
        if ('instead' in found) return found.instead
        const { visit, cookies } = found
        const { registry, known, subjectId, now } = visit
        const fields = request.body
        const language = deps.renderer.languageOf(request)
        const purpose = registry.active.get(fields.purpose)
        const contactChannel = channelsOf(registry).find((one) => one === fields.contact_channel)
        const recipient = recipientsOf(registry, language).find(({ value }) => value === fields.recipient)
        const { wrong, at } = asOf(fields.day, { now, timeZone: deps.timeZone })
        const issues: FieldIssue[] = [
          ...(purpose === undefined ? [{ field: 'purpose', code: 'choose-purpose' }] : []),
          ...(contactChannel === undefined
            ? [{ field: 'contact_channel', code: 'choose-contact-channel' }]
            : []),
          ...(recipient === undefined ? [{ field: 'recipient', code: 'choose-recipient' }] : []),
          ...(wrong === undefined ? [] : [{ field: 'day', code: wrong }]),
        ]
        if (issues.length > 0 || purpose === undefined || contactChannel === undefined) {
          return show(request, visit, fields, { cookies, fieldErrors: fieldErrorsOf(issues) })
        }
        const [attribute = ''] = purpose.attributes
        const { contactPoint, ...key } = keyFor(deps.house, fields.purpose, contactChannel, known.facts)
        const explanation = await explainFor(deps, {
          subjectId,
          query: {
            ...key,
            // On a past day the address of that day would have been used, whichever is in use now.
            ...(at === undefined && contactPoint !== undefined ? { contactPoint } : {}),
            system: fields.recipient,
            attribute,
          },
          ...(at === undefined ? {} : { asOf: at }),
        })
        const told =
          explanation && explainedModel(explanation, labelOf(registry, attribute, language), language)
        return show(request, visit, fields, { cookies }, told)
      },
    }),
  ]
}
