import type { PersonalDataHolder } from '../../kernel/personal-data.ts'
import type { SubjectSealer } from '../../platform/crypto/index.ts'
import { describeSubject } from './describe-subject.ts'
import type { IdentityReads } from './identity-stores.ts'
import type { LinkReads } from './linking/link-store.ts'
import { linkedAccountsData } from './linking/linked-accounts-data.ts'
import { passkeyProvider } from './passkey-providers.ts'
import type { PushBrowserReads } from './push/push-browser-store.ts'
import { pushBrowsersData } from './push/push-browsers-of.ts'

/** What this room holds about a person, readable. Keys and hashes are left out: they say nothing to anybody. */
export const identityPersonalData = (deps: {
  readonly reads: IdentityReads
  readonly sealer: SubjectSealer
  readonly links: Pick<LinkReads, 'history'>
  readonly pushBrowsers: PushBrowserReads
}): PersonalDataHolder => ({
  room: 'identity',
  exportData: async (subjectId) => {
    const subject = await describeSubject(deps, subjectId)
    if (subject === undefined) return {}
    const { state, jurisdiction, language, createdAt } = subject
    const [changes, former] = await Promise.all([
      deps.reads.subjects.changes(subjectId),
      deps.reads.identifiers.former(subjectId),
    ])
    return {
      subject_changes: changes,
      former_identifiers: former,
      subjects: [{ state, jurisdiction, language, createdAt }],
      identifiers: subject.identifiers.map(({ kind, value, verifiedAt, createdAt }) => ({
        kind,
        value,
        verifiedAt,
        createdAt,
      })),
      passkeys: subject.passkeys.map((passkey) => ({
        name: passkey.name,
        provider: passkeyProvider(passkey.aaguid),
        createdAt: passkey.createdAt,
        lastUsedAt: passkey.lastUsedAt,
        synced: passkey.backedUp,
      })),
      passwords: subject.password === undefined ? [] : [{ changedAt: subject.password.changedAt }],
      subject_links: await linkedAccountsData(deps.links, subjectId),
      push_browsers: await pushBrowsersData(deps, subjectId),
    }
  },
})
