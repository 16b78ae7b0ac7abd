import type { Actor } from '../kernel/actor.ts'
import type { Clock } from '../kernel/clock.ts'
import type { SubjectId } from '../kernel/ids.ts'
import type { Allowed } from './allowed.ts'
import { dropAuthorization, readAuthorizations } from './pg-authorizations.ts'
import type { Pool } from './pg-pools.ts'
import type { OidcReads } from './pg-reads.ts'
import type { RecordAudit } from './ports.ts'

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

export function createAuthorizations(parts: {
  readonly reads: OidcReads
  readonly pool: Pool
  readonly clock: Clock
  readonly audit: RecordAudit
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
      const found = await dropAuthorization(parts.pool, subjectId, clientId)
      if (found) {
        await parts.audit([
          {
            action: 'oidc.client-revoked',
            actor: by,
            at: parts.clock.now(),
            subjectId,
            about: `client:${clientId}`,
          },
        ])
      }
      return found
    },
  }
}
