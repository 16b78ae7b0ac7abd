import { interactionPolicy } from 'oidc-provider'
import { parseId } from '../../kernel/ids.ts'
import type { OidcStorage } from '../pg-adapter.ts'
import type { UndecidedPurposes } from '../ports.ts'

/**
 * Asks about a purpose the person was never asked about, once, while they are signing in. Skipping is an answer: the
 * interaction's result clears it, so nobody is kept from signing in by not deciding. Someone already signed in is not
 * interrupted, and a silent request (`prompt=none`) does not fail because of it.
 */
export const purposesUndecided = (undecided: UndecidedPurposes, storage: OidcStorage) =>
  new interactionPolicy.Prompt(
    { name: 'purposes', requestable: false },
    new interactionPolicy.Check(
      'purpose_undecided',
      'a purpose has not been decided yet',
      'interaction_required',
      async (ctx) => {
        const { result, client, account } = ctx.oidc
        if (client === undefined || account === undefined || ctx.oidc.prompts.has('none')) return false
        if (result === undefined || !('login' in result) || 'purposes' in result) return false
        const subjectId = parseId<'subject'>(account.accountId)
        if (subjectId === undefined) return false
        const carried = storage.unitOf(ctx).carried(subjectId, client.clientId)
        return undecided(subjectId, client.clientId, carried)
      },
    ),
  )
