import type { Clock } from '../../../kernel/clock.ts'
import { invalid } from '../../../kernel/errors.ts'
import type { Work } from '../../../kernel/work.ts'
import { draftPurpose } from '../draft-purpose.ts'
import { publishNotice } from '../publish-notice.ts'
import { publishPurpose } from '../publish-purpose.ts'
import type { PublishedRegistry } from '../published.ts'
import { type RegistryAct, saidBy } from '../registry-act.ts'
import type { RegistryStores } from '../registry-store.ts'
import { type DocumentFinding, lintDocument, type PurposeDocument } from './purpose-document.ts'

export interface PublishedDocument {
  readonly version: number
  readonly findings: readonly DocumentFinding[]
}

/**
 * Publishes a purpose with all its words in three steps that can each be repeated: drafted, worded, in force. Refused while
 * the linter finds anything, unless whoever publishes says to do it all the same; then what it found is on the audit trail.
 */
export async function publishDocument(
  parts: { readonly work: Work<RegistryStores>; readonly clock: Clock; readonly registry: PublishedRegistry },
  command: RegistryAct & { readonly document: PurposeDocument; readonly despiteFindings?: boolean },
): Promise<PublishedDocument> {
  const { document } = command
  const by = saidBy(command)
  const findings = lintDocument(document, parts.registry)
  if (findings.length > 0 && command.despiteFindings !== true) {
    throw invalid(
      'notice-not-plain',
      'The words are not ready; see what was found.',
      findings.map(({ notice, language, part, code }) => ({ field: `${notice}.${language}.${part}`, code })),
    )
  }
  if (document.notices.length === 0) throw invalid('notice-empty', 'A purpose is published with its notices.')
  const version = await draftPurpose(parts, { ...by, draft: document.purpose })
  for (const notice of document.notices) {
    const purpose = document.purpose.id
    await publishNotice(parts, { ...by, notice: { ...notice, purpose, purposeVersion: version } })
  }
  const despite = [...new Set(findings.map(({ code }) => code))].sort()
  await publishPurpose(parts, { ...by, purpose: document.purpose.id, despite })
  return { version, findings }
}
