import type { SubjectId } from '../kernel/ids.ts'
import type { PersonalDataHolder } from '../kernel/personal-data.ts'
import type { Authorizations } from './authorizations.ts'
import type { CallBlock } from './ciba/lift-call-block.ts'
import type { Sessions } from './sessions.ts'

/**
 * What this room can tell a person about themselves: where they are signed in, which clients they allowed, and which must
 * not ask them. Tokens and grants say nothing beyond that, and are of no use to anybody but their client.
 */
export const oidcPersonalData = (parts: {
  readonly sessions: Pick<Sessions, 'list'>
  readonly authorizations: Pick<Authorizations, 'list'>
  readonly callBlocks: (subjectId: SubjectId) => Promise<readonly CallBlock[]>
}): PersonalDataHolder => ({
  room: 'oidc',
  exportData: async (subjectId) => ({
    oidc_sessions: await parts.sessions.list(subjectId),
    oidc_authorizations: await parts.authorizations.list(subjectId),
    oidc_call_blocks: await parts.callBlocks(subjectId),
  }),
})
