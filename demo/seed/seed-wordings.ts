import type { House } from '../../src/compose.ts'
import { publishNotice } from '../../src/features/consent/index.ts'
import { seeder } from './seed-registry.ts'
import { wordings } from './wordings.ts'

/** The first version of a purpose, which is the one these words were written for. */
const written = 1

/**
 * The words of kiosk, store and telephone. They stand beside those of the web for as long as a purpose is what the demo made
 * it; whoever publishes a version of their own writes its words for every place themselves.
 */
export async function seedWordings({ consoleWork, platform, registry }: House): Promise<void> {
  const parts = { work: consoleWork, clock: platform.clock }
  const known = registry.current()
  for (const { purpose, surface, language, ...words } of wordings) {
    if (known.active.get(purpose)?.version !== written) continue
    const there = known.notices.some(
      (one) => one.purpose === purpose && one.surface === surface && one.language === language,
    )
    if (there) continue
    await publishNotice(parts, {
      actor: seeder,
      notice: {
        ...words,
        id: `${purpose.replace('.', '-')}-${surface}`,
        version: 1,
        language,
        surface,
        purpose,
        purposeVersion: written,
      },
    })
  }
  await registry.refresh()
}
