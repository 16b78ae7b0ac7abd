import { z } from 'zod'
import { HistoryView } from '../../../views/privacy-centre/history.tsx'
import { consentHistory } from '../../features/consent/index.ts'
import { parseId } from '../../kernel/ids.ts'
import { defineRoute } from '../../platform/web/define-route.ts'
import type { Route } from '../../platform/web/route.ts'
import { changesPath } from './changes.ts'
import { entryOf } from './history-entry.ts'
import { type PrivacyCentreDeps, subjectOf } from './privacy-deps.ts'

/** Everything the person decided, newest first, with the text they saw and its receipt. */
export const historyRoutes = (deps: PrivacyCentreDeps): readonly Route[] => [
  defineRoute({
    name: 'privacy-centre.history',
    method: 'GET',
    path: '/privacy/history',
    caller: { who: 'subject' },
    query: z.object({ before: z.string().max(64).optional() }),
    answers: [200],
    handle: async (request) => {
      const before = parseId<'consent-event'>(request.query.before)
      const subjectId = subjectOf(request)
      const [{ lines, older }, known] = await Promise.all([
        consentHistory(deps.ledger, { subjectId, ...(before === undefined ? {} : { before }) }),
        deps.ledger.facts.find(subjectId),
      ])
      const registry = deps.ledger.registry.current()
      const language = deps.renderer.languageOf(request)
      const brandName = registry.brands.get(deps.house.brand)?.name ?? deps.house.brand
      const words = {
        registry,
        facts: known?.facts.events ?? [],
        brandName,
        language,
        placeName: deps.placeName,
      }
      return deps.renderer.show(request, HistoryView, {
        entries: lines.map((line) => entryOf(line, words)),
        changesHref: changesPath,
        ...(older === undefined ? {} : { olderHref: `/privacy/history?before=${older}` }),
      })
    },
  }),
]
