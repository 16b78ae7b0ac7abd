import type { Assurance } from '../../kernel/actor.ts'
import type { Clock } from '../../kernel/clock.ts'
import { invalid, notFound } from '../../kernel/errors.ts'
import type { Evidence } from '../../kernel/evidence.ts'
import type { SubjectId } from '../../kernel/ids.ts'
import type { Work } from '../../kernel/work.ts'
import type { IdentityStores } from './identity-stores.ts'
import type { PasskeyId } from './passkey-store.ts'

const longestPasskeyName = 60

export const renamePasskey = (
  deps: { readonly work: Work<Pick<IdentityStores, 'passkeys'>>; readonly clock: Clock },
  command: {
    readonly subjectId: SubjectId
    readonly passkeyId: PasskeyId
    readonly name: string
    readonly assurance: Assurance
    readonly evidence: Evidence
  },
): Promise<void> =>
  deps.work(async (tx) => {
    const { subjectId, passkeyId, assurance, evidence } = command
    const name = command.name.normalize('NFC').replaceAll(/\s+/g, ' ').trim()
    if (name === '' || name.length > longestPasskeyName) {
      throw invalid('passkey-name', `A name has 1 to ${longestPasskeyName} characters.`)
    }
    if (!(await tx.passkeys.rename({ subjectId, passkeyId }, name))) {
      throw notFound('passkey-not-found', 'This passkey is not here any more.')
    }
    await tx.audit.record({
      action: 'passkey.renamed',
      actor: { kind: 'subject', subjectId, assurance },
      at: deps.clock.now(),
      subjectId,
      evidence,
      facts: { passkeyId },
    })
  })
