import type { Clock } from '../../kernel/clock.ts'
import { conflict, invalid, notFound } from '../../kernel/errors.ts'
import type { Work } from '../../kernel/work.ts'
import { wordingHash } from './published.ts'
import { type RegistryAct, saidBy } from './registry-act.ts'
import type { RegistryStores } from './registry-store.ts'

export interface NoticeWording {
  readonly id: string
  readonly version: number
  readonly language: string
  readonly surface?: string
  readonly purpose: string
  readonly purposeVersion: number
  readonly title: string
  readonly summary: string
  readonly text: string
}

/**
 * Publishes the exact words of a purpose version in one language; immutable from then on. A correction is the next
 * version of the notice. Returns the hash that events will pin.
 */
export async function publishNotice(
  { work, clock }: { readonly work: Work<RegistryStores>; readonly clock: Clock },
  command: RegistryAct & { readonly notice: NoticeWording },
): Promise<string> {
  const { notice } = command
  for (const part of ['title', 'summary', 'text'] as const) {
    if (notice[part].trim() === '') {
      throw invalid('notice-empty', 'A notice has a title, a summary and a text.', [
        { field: part, code: 'notice-empty' },
      ])
    }
  }
  const textHash = wordingHash(notice)
  const surface = notice.surface ?? 'screen'
  await work(async ({ registry, audit }) => {
    const at = clock.now()
    const versions = await registry.versionsOf(notice.purpose)
    if (!versions.some(({ version }) => version === notice.purposeVersion)) {
      throw notFound('purpose-version-unknown', 'A notice is written against a version of a purpose.')
    }
    const added = await registry.addNotice({ ...notice, surface, textHash, publishedAt: at.getTime() }, at)
    if (!added) {
      throw conflict('notice-published', 'This version of the notice is published and cannot change.')
    }
    await audit.record({
      action: 'consent.notice-published',
      ...saidBy(command),
      at,
      about: `notice:${notice.id}`,
      facts: { version: notice.version, language: notice.language, surface, textHash },
    })
  })
  return textHash
}
