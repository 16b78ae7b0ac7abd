import type { PurposeCardModel } from '../../../views/parts/purpose-card.tsx'
import {
  keyFor,
  noticeFor,
  type PublishedRegistry,
  pinnedNotice,
  restsOnConsent,
  standingChoice,
} from '../../features/consent/index.ts'
import type { EnrolTx, ReceiptStores } from '../../features/store-visits/index.ts'
import { type ReadChoices, withTyped } from '../choices-form.ts'
import { asNewQuestions, purposeCards } from '../purpose-cards.ts'
import type { StoreDeps } from './store-deps.ts'

/** For which words a purpose must have been published to be asked about in a store. There is nothing to fall back on. */
const storeSurface = 'store'

/**
 * The questions of a newcomer: those that were written for stores, none of them answered. Nothing of the person is read for
 * it, because nobody knows yet who is asking, so that an address which is known gets the very same page.
 */
export function questionsFor<Tx extends EnrolTx & ReceiptStores>(
  { enrolments }: Pick<StoreDeps<Tx>, 'enrolments'>,
  language: string,
  typed: ReadChoices['typed'] = new Map(),
): readonly PurposeCardModel[] {
  const { ledger, house, jurisdiction, clock } = enrolments
  const registry = ledger.registry.current()
  const now = clock.now()
  const nobody = {
    subject: { state: 'active', jurisdiction, contracts: [], purchases: [], restrictions: [] },
    events: [],
    suppression: { internal: [], listings: [] },
  } as const
  const choices = [...registry.active.values()]
    .filter(({ purpose }) => noticeFor(registry, purpose, language, storeSurface) !== undefined)
    .flatMap((version) =>
      version.contactChannels.map((contactChannel) =>
        standingChoice(
          keyFor(house, version.purpose, contactChannel, nobody),
          version,
          nobody,
          registry,
          now.getTime(),
        ),
      ),
    )
    .filter(restsOnConsent)
  return withTyped(
    asNewQuestions(purposeCards(choices, registry, language, { now, surface: storeSurface })),
    typed,
  )
}

/** What a form of another surface brought along is none of this page's (R46). */
export const isOfStore = (registry: PublishedRegistry, read: ReadChoices): boolean =>
  [...read.notices.values()].every((notice) => pinnedNotice(registry, notice, storeSurface) !== undefined)
