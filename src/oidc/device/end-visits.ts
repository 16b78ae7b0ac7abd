import type Provider from 'oidc-provider'
import { parseId } from '../../kernel/ids.ts'
import type { OidcStorage } from '../pg-adapter.ts'

/**
 * Whoever signs out of everything on their phone is signed out of the kiosk they got into with it, too. The engine knows of
 * no tie between the two: the grant of a kiosk belongs to its flow and not to the session that approved it.
 */
export function endVisitsWithSession(provider: Provider, storage: OidcStorage): void {
  provider.on('end_session.success', (ctx) => {
    const { session, params } = ctx.oidc
    const subjectId = parseId<'subject'>(session?.accountId)
    if (session === undefined || subjectId === undefined || !params?.['logout']) return
    const unit = storage.unitOf(ctx)
    unit.put('dropVisitTokens', session.uid, [subjectId, session.uid])
    unit.put('dropVisitGrants', session.uid, [subjectId, session.uid])
  })
}
