import { z } from 'zod'
import { type MessageKey, translator } from '../../../views/page.tsx'
import { type HeldValue, YourDataView } from '../../../views/privacy-centre/your-data.tsx'
import { purposeTitle } from '../../features/consent/index.ts'
import { type IdentifierKind, readIdentifiers } from '../../features/identity/index.ts'
import { type Attribute, type AttributeValue, readProfile, wordsIn } from '../../features/profile/index.ts'
import { channels } from '../../kernel/evidence.ts'
import type { SubjectId } from '../../kernel/ids.ts'
import { defineRoute } from '../../platform/web/define-route.ts'
import type { Route } from '../../platform/web/route.ts'
import { countriesIn } from '../countries.ts'
import { labelOf } from '../purpose-cards.ts'
import { type PrivacyCentreDeps, subjectOf } from './privacy-deps.ts'

export const yourDataPath = '/privacy/your-data'
export const residencePath = '/privacy/residence'

const topics = ['identity', 'contact', 'preferences'] as const
type Topic = (typeof topics)[number]

/** Where a claim is shown; whatever is not named here is something the person prefers. */
const topicOfClaim: Readonly<Record<string, Topic>> = {
  given_name: 'identity',
  family_name: 'identity',
  name: 'identity',
  birthdate: 'identity',
  gender: 'identity',
  loyalty_card: 'identity',
  email: 'contact',
  phone_number: 'contact',
  address: 'contact',
  postal_code: 'contact',
}

/** What we call them where the catalogue, which tells of what purposes may use, has no name for them. */
const identifierWords = {
  email: 'attribute.email',
  phone: 'attribute.phone',
  loyalty_card: 'attribute.loyalty_card',
  federated: 'attribute.federated',
} as const satisfies Record<IdentifierKind, MessageKey>

const shownValue = (
  attribute: Attribute | undefined,
  value: AttributeValue,
  language: 'es' | 'en',
): string => {
  if (attribute?.valueSchema.format === 'date' && typeof value === 'string') {
    return new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(
      new Date(`${value}T00:00:00Z`),
    )
  }
  if (typeof value === 'boolean') return value ? '✓' : '✗'
  return String(value)
}

/** `P3Y` and the like, from the day the value was told; undefined for a rule without a date. */
function keptUntil(retention: string, at: Date): Date | undefined {
  const found = /^P(\d{1,3})([YM])$/.exec(retention)
  if (found === null) return undefined
  const until = new Date(at)
  if (found[2] === 'Y') until.setUTCFullYear(until.getUTCFullYear() + Number(found[1]))
  else until.setUTCMonth(until.getUTCMonth() + Number(found[1]))
  return until
}

const whileAccount: HeldValue['keptUntil'] = 'yourData.whileAccount'

async function heldValues(
  deps: PrivacyCentreDeps,
  subjectId: SubjectId,
  language: 'es' | 'en',
): Promise<readonly (HeldValue & { readonly topic: Topic })[]> {
  const [values, identifiers, catalogue, disclosures] = await Promise.all([
    readProfile(deps, subjectId),
    readIdentifiers(deps, subjectId),
    deps.catalogue.all(),
    deps.disclosures.of(subjectId, { limit: 500 }),
  ])
  const registry = deps.ledger.registry.current()
  const usesOf = (attribute: string) => ({
    purposes: registry.order
      .filter((purpose) => registry.active.get(purpose)?.attributes.includes(attribute))
      .map((purpose) => purposeTitle(registry, purpose, language)),
    recipients: [
      ...new Set(
        disclosures
          .filter(({ attributes }) => attributes.includes(attribute))
          .map(({ recipientId }) => registry.systemNames.get(recipientId)?.name ?? recipientId),
      ),
    ],
  })
  /** What no purpose uses is there for the account itself, and the column is never empty (GDPR Art. 15(1)(a)). */
  const identifierUses = (kind: IdentifierKind) => {
    const { purposes, recipients } = usesOf(kind)
    return {
      purposes: purposes.length > 0 ? purposes : [translator(language)('yourData.toKnowYou')],
      recipients,
    }
  }
  const held = identifiers.map(({ identifierId, kind, value, createdAt }) => ({
    id: identifierId,
    label: registry.attributes.has(kind)
      ? { text: labelOf(registry, kind, language) }
      : identifierWords[kind],
    value,
    // A card is ours, whoever read its number to us.
    source: kind === 'loyalty_card' ? ('issued' as const) : ('declared' as const),
    at: createdAt,
    ...identifierUses(kind),
    keptUntil: whileAccount,
    topic: kind === 'email' || kind === 'phone' ? ('contact' as const) : ('identity' as const),
  }))
  const declared = values.map(({ attributeId, value, provenance, source, assertedAt }) => {
    const attribute = catalogue.find((one) => one.attributeId === attributeId)
    const channel = channels.find((known) => source.startsWith(`${known}:`))
    return {
      id: attributeId,
      label: { text: wordsIn(attribute?.labels ?? {}, language) ?? attributeId },
      value: shownValue(attribute, value, language),
      source: provenance,
      ...(channel === undefined ? {} : { channel }),
      at: assertedAt,
      ...usesOf(attributeId),
      keptUntil: keptUntil(attribute?.retention ?? '', assertedAt) ?? whileAccount,
      ...(provenance === 'declared' && attribute !== undefined
        ? { editHref: `${yourDataPath}/${attributeId}` }
        : {}),
      topic: topicOfClaim[attribute?.claim ?? ''] ?? ('preferences' as const),
    }
  })
  return [...held, ...declared]
}

/** What is held, where it came from, what it is used for, who got it and until when (GDPR Art. 15). */
export const yourDataRoutes = (deps: PrivacyCentreDeps): readonly Route[] => [
  defineRoute({
    name: 'privacy-centre.your-data',
    method: 'GET',
    path: yourDataPath,
    caller: { who: 'subject' },
    query: z.object({ done: z.enum(['saved', 'moved']).optional().catch(undefined) }),
    answers: [200],
    handle: async (request) => {
      const subjectId = subjectOf(request)
      const language = deps.renderer.languageOf(request)
      const [held, known] = await Promise.all([
        heldValues(deps, subjectId, language),
        deps.ledger.facts.find(subjectId),
      ])
      const livesIn = known?.facts.subject.jurisdiction
      const country = countriesIn(language).find(({ value }) => value === livesIn)?.words
      const { done } = request.query
      const byTopic = Map.groupBy(held, ({ topic }) => topic)
      return deps.renderer.show(
        request,
        YourDataView,
        {
          topics: topics.flatMap((id) => {
            const values = byTopic.get(id)
            return values === undefined ? [] : [{ id, title: `topic.${id}` as const, values }]
          }),
          residence: { country: country ?? livesIn ?? '', changeHref: residencePath },
        },
        done === undefined
          ? {}
          : { notice: { kind: 'success', key: done === 'moved' ? 'flash.moved' : 'flash.data-saved' } },
      )
    },
  }),
]
