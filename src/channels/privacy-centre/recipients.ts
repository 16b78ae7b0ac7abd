import { z } from 'zod'
import { RecipientsView, type ShownRecipient } from '../../../views/privacy-centre/recipients.tsx'
import { type KnownSubject, type PublishedRegistry, purposeTitle } from '../../features/consent/index.ts'
import {
  type Disclosure,
  disclosuresByRecipient,
  mayReceive,
  type ReceivedBy,
} from '../../features/recipients/index.ts'
import { notFound } from '../../kernel/errors.ts'
import { type DisclosureId, parseId, type SubjectId } from '../../kernel/ids.ts'
import { defineRoute } from '../../platform/web/define-route.ts'
import type { Route } from '../../platform/web/route.ts'
import { labelOf } from '../purpose-cards.ts'
import { basisWords } from './basis-words.ts'
import { type PrivacyCentreDeps, subjectOf } from './privacy-deps.ts'

const path = '/privacy/recipients'
const olderPage = 50

const roles = { internal: 'own', custodian: 'own', processor: 'processor', controller: 'controller' } as const

interface Shown {
  readonly deps: PrivacyCentreDeps
  readonly registry: PublishedRegistry
  readonly known: KnownSubject
  readonly language: 'es' | 'en'
}

function lineOf(
  { registry, known, language }: Shown,
  disclosure: Disclosure,
): ShownRecipient['disclosures'][number] {
  const { disclosureId, disclosedAt, attributes, purpose, basis, evidenceEventId } = disclosure
  const version = known.facts.events.find(({ id }) => id === evidenceEventId)?.notice?.version
  return {
    id: disclosureId,
    at: disclosedAt,
    attributes: attributes.map((attribute) => labelOf(registry, attribute, language)),
    purpose: purposeTitle(registry, purpose, language),
    ...(version === undefined ? {} : { noticeVersion: version }),
    basis: basisWords(basis, language),
  }
}

function recipientOf(shown: Shown, received: Omit<ReceivedBy, 'count' | 'lastAt'>): ShownRecipient {
  const { deps, registry, known, language } = shown
  const { recipientId, disclosures, older } = received
  const system = registry.systems.get(recipientId)
  const purposes = [...new Set(disclosures.map(({ purpose }) => purpose))]
  const now = deps.clock.now().getTime()
  const receiving = mayReceive(recipientId, purposes, known.facts, registry, deps.house, now)
  return {
    id: recipientId,
    name: registry.systemNames.get(recipientId)?.name ?? recipientId,
    role: roles[system?.role ?? 'internal'],
    does: purposes.map((purpose) => purposeTitle(registry, purpose, language)).join(', '),
    countries: registry.systemNames.get(recipientId)?.countries ?? [],
    state: receiving ? 'receiving' : 'stopped',
    disclosures: disclosures.map((disclosure) => lineOf(shown, disclosure)),
    ...(older === undefined
      ? {}
      : { olderHref: `${path}?of=${encodeURIComponent(recipientId)}&before=${older}` }),
  }
}

async function olderOf(
  deps: PrivacyCentreDeps,
  subjectId: SubjectId,
  recipientId: string,
  before: DisclosureId,
): Promise<Omit<ReceivedBy, 'count' | 'lastAt'>> {
  const found = await deps.disclosures.of(subjectId, { recipientId, before, limit: olderPage + 1 })
  const disclosures = found.slice(0, olderPage)
  const older = found.length > olderPage ? disclosures.at(-1)?.disclosureId : undefined
  return { recipientId, disclosures, older }
}

/** Who received what, by name (CJEU C-154/21): every release there was, page by page. */
export const recipientsRoutes = (deps: PrivacyCentreDeps): readonly Route[] => [
  defineRoute({
    name: 'privacy-centre.recipients',
    method: 'GET',
    path,
    caller: { who: 'subject' },
    query: z.object({ of: z.string().max(100).optional(), before: z.string().max(64).optional() }),
    answers: [200],
    handle: async (request) => {
      const subjectId = subjectOf(request)
      const known = await deps.ledger.facts.find(subjectId)
      if (known === undefined) throw notFound('subject-unknown', 'There is no such account.')
      const shown: Shown = {
        deps,
        registry: deps.ledger.registry.current(),
        known,
        language: deps.renderer.languageOf(request),
      }
      const { of } = request.query
      const before = parseId<'disclosure'>(request.query.before)
      const received =
        of === undefined || before === undefined
          ? await disclosuresByRecipient(deps, { subjectId })
          : [await olderOf(deps, subjectId, of, before)]
      return deps.renderer.show(request, RecipientsView, {
        recipients: received.map((one) => recipientOf(shown, one)),
      })
    },
  }),
]
