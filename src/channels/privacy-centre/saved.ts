import { z } from 'zod'
import { WithdrawnView } from '../../../views/privacy-centre/withdrawn.tsx'
import { SavedChoicesView } from '../../../views/sign-in/saved-choices.tsx'
import { findReceipt, type ReceiptClaims } from '../../features/consent/index.ts'
import { mayReceive } from '../../features/recipients/index.ts'
import { notFound } from '../../kernel/errors.ts'
import { parseId, type ReceiptId, type SubjectId } from '../../kernel/ids.ts'
import { seeOther } from '../../platform/web/answer.ts'
import { defineRoute } from '../../platform/web/define-route.ts'
import type { Route } from '../../platform/web/route.ts'
import { savedChoicesOf, waitingOf } from '../saved-choices.ts'
import { permissionsPath } from './permissions-path.ts'
import { type PrivacyCentreDeps, subjectOf } from './privacy-deps.ts'

const params = z.strictObject({ receipt: z.custom<ReceiptId>((value) => parseId(value) !== undefined) })

/**
 * Who had received the person's data for what was taken back and may be given nothing for it any more, by name. Whoever may
 * still be, by another contact channel or on another basis, is not among them: it would not be true.
 */
async function stoppedReceiving(
  { ledger, disclosures, house, clock }: PrivacyCentreDeps,
  subjectId: SubjectId,
  { events }: ReceiptClaims,
): Promise<readonly string[]> {
  const purposes = [...new Set(events.map(({ purpose }) => purpose.id))]
  const had = await disclosures.recipientsFor(subjectId, purposes)
  const known = had.length === 0 ? undefined : await ledger.facts.find(subjectId)
  if (known === undefined) return []
  const registry = ledger.registry.current()
  const now = clock.now().getTime()
  return had
    .filter((recipientId) => !mayReceive(recipientId, purposes, known.facts, registry, house, now))
    .map((recipientId) => registry.systemNames.get(recipientId)?.name ?? recipientId)
}

/** What was just recorded, read back from its receipt: reloading the page repeats nothing. */
export const savedRoutes = (deps: PrivacyCentreDeps): readonly Route[] => [
  defineRoute({
    name: 'privacy-centre.saved',
    method: 'GET',
    path: `${permissionsPath}/saved/:receipt`,
    caller: { who: 'subject' },
    params,
    answers: [200],
    handle: async (request) => {
      const found = await findReceipt(deps.ledger, {
        subjectId: subjectOf(request),
        receiptId: request.params.receipt,
      })
      if (found === undefined) throw notFound('receipt-unknown', 'There is no such receipt.')
      const language = deps.renderer.languageOf(request)
      const waiting = await waitingOf(deps.ledger, deps.house, subjectOf(request))
      const choices = savedChoicesOf(found.claims, deps.ledger.registry.current(), language, waiting)
      const receiptHref = `/privacy/receipts/${found.receiptId}`
      if (found.claims.events.every(({ state }) => state === 'withdrawn')) {
        return deps.renderer.show(request, WithdrawnView, {
          at: found.issuedAt,
          withdrawn: choices.map(({ purpose, contactChannel }) => ({ purpose, contactChannel })),
          stopped: await stoppedReceiving(deps, subjectOf(request), found.claims),
          receiptHref,
        })
      }
      return deps.renderer.show(request, SavedChoicesView, {
        choices,
        receiptHref,
        permissionsHref: permissionsPath,
        continueAction: `${permissionsPath}/saved/${found.receiptId}`,
      })
    },
  }),
  defineRoute({
    name: 'privacy-centre.saved.continue',
    method: 'POST',
    path: `${permissionsPath}/saved/:receipt`,
    caller: { who: 'subject' },
    params,
    body: { type: 'form', schema: z.strictObject({}) },
    answers: [303],
    handle: async () => seeOther('/privacy'),
  }),
]
