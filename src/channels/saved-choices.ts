import type { SavedChoice } from '../../views/sign-in/saved-choices.tsx'
import { type PublishedRegistry, purposeTitle, type ReceiptClaims } from '../features/consent/index.ts'
import { type ContactChannel, contactChannels } from '../kernel/evidence.ts'

export const contactChannelOf = (text: string): ContactChannel =>
  contactChannels.find((known) => known === text) ?? 'none'

const answers: Readonly<Record<string, 'yes' | 'no'>> = {
  given: 'yes',
  confirmed: 'yes',
  refused: 'no',
  withdrawn: 'no',
}

/** What a receipt says, as the list that is shown after saving. Read from the receipt itself, not from the form. */
export const savedChoicesOf = (
  receipt: ReceiptClaims,
  registry: PublishedRegistry,
  language: string,
): readonly SavedChoice[] =>
  receipt.events.flatMap(({ state, purpose }) => {
    const answer = answers[state]
    if (answer === undefined) return []
    return [
      {
        purpose: purposeTitle(registry, purpose.id, language),
        contactChannel: contactChannelOf(purpose.channel),
        answer,
      },
    ]
  })
