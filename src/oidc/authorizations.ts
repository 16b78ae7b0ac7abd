import type { Actor } from '../kernel/actor.ts'
import type { Clock } from '../kernel/clock.ts'
import type { SubjectId } from '../kernel/ids.ts'
import type { Work } from '../kernel/work.ts'
import type { Allowed } from './allowed.ts'
import type { EndingStores } from './ending-stores.ts'
import { readAuthorizations } from './pg-authorizations.ts'
import type { OidcReads } from './pg-reads.ts'

export interface AuthorizedClient {
  readonly clientId: string
  readonly scopes: readonly string[]
  readonly claims: readonly string[]
  readonly grantedAt: Date
}

/** The clients a person allowed to act for them, other than our own. */
export interface Authorizations {
  list(subjectId: SubjectId): Promise<readonly AuthorizedClient[]>
  /** True when there was something to take back. Its tokens die with it. */
  revoke(subjectId: SubjectId, clientId: string, by?: Actor): Promise<boolean>
}

/** Rolls back the unit: taking back nothing leaves no trace. */
const nothing = Symbol('nothing to take back')

export function createAuthorizations(parts: {
  readonly reads: OidcReads
  readonly work: Work<EndingStores>
  readonly clock: Clock
}): Authorizations {
  return {
    async list(subjectId) {
      const rows = await parts.reads.rows(readAuthorizations, [subjectId])
      return rows.map(([clientId, granted, grantedAt]) => {
        const { scopes, claims } = granted as Allowed
        return { clientId: String(clientId), scopes, claims, grantedAt: grantedAt as Date }
      })
    },
    async revoke(subjectId, clientId, by = { kind: 'subject', subjectId, assurance: 'none' }) {
      const taken = parts.work(async (tx) => {
        if (!(await tx.allowances.drop(subjectId, clientId))) throw nothing
        const about = `client:${clientId}`
        await tx.audit.record({
          action: 'oidc.client-revoked',
          actor: by,
          at: parts.clock.now(),
          subjectId,
          about,
        })
        return true
      })
      return taken.catch((error: unknown) => {
        if (error === nothing) return false
        throw error
      })
    },
  }
}
