import { purposeCards } from '../channels/purpose-cards.ts'
import type { PurposePreview } from '../cli/command-house.ts'
import type { House } from '../compose.ts'
import {
  type Facts,
  keyFor,
  type PurposeDocument,
  previewRegistry,
  restsOnConsent,
  standingChoice,
} from '../features/consent/index.ts'

/** Somebody who has just come, and lives where the controller does. */
const newcomer = (jurisdiction: string): Facts => ({
  subject: { state: 'active', jurisdiction, contracts: [], purchases: [], restrictions: [] },
  events: [],
  suppression: { internal: [], listings: [] },
})

/** What the pages of each place would make of a document, by the code that draws them; it is published nowhere. */
export async function previewOf(
  { registry, platform, names, config }: Pick<House, 'registry' | 'platform' | 'names' | 'config'>,
  document: PurposeDocument,
): Promise<readonly PurposePreview[]> {
  const now = platform.clock.now().getTime()
  const before = await registry.refresh()
  const shown = previewRegistry(before, document, now)
  const { id } = document.purpose
  const version = shown.active.get(id)
  if (version === undefined) return []
  const facts = newcomer(config.brand.country)
  const choices = version.contactChannels.map((contactChannel) =>
    standingChoice(keyFor(names, id, contactChannel, facts), version, facts, shown, now),
  )
  const changed = before.active.has(id) && version.reconsentMin === version.version
  return document.notices.flatMap(({ language, text, surface = 'screen' }) =>
    purposeCards(choices, shown, language, { surface }).map(({ choices: _, ...card }): PurposePreview => {
      const { title, summary, controller, data, recipients, retention, howToStop } = card
      return {
        language,
        surface,
        version: version.version,
        title,
        summary,
        text,
        controller,
        data,
        recipients,
        retention,
        howToStop,
        asked: choices.filter(restsOnConsent).map(({ key }) => key.contactChannel),
        changed,
      }
    }),
  )
}
