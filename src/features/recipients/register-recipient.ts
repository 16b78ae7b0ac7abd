import type { Actor } from '../../kernel/actor.ts'
import type { Clock } from '../../kernel/clock.ts'
import { invalid } from '../../kernel/errors.ts'
import type { Work } from '../../kernel/work.ts'
import type { Recipient } from './recipient.ts'
import type { RecipientStores } from './recipient-store.ts'

/** Registers a system, or brings its entry up to date. What it lacks on paper, the decision will hold against it. */
export async function registerRecipient(
  { work, clock }: { readonly work: Work<Pick<RecipientStores, 'recipients'>>; readonly clock: Clock },
  command: { readonly actor: Actor; readonly recipient: Recipient },
): Promise<void> {
  const { actor, recipient } = command
  if (recipient.role === 'controller' && recipient.legalEntity === undefined) {
    throw invalid('recipient-without-entity', 'Another controller is named by its legal entity.', [
      { field: 'legalEntity', code: 'recipient-without-entity' },
    ])
  }
  await work(async ({ recipients, audit }) => {
    const at = clock.now()
    await recipients.put(recipient, at)
    await audit.record({
      action: 'recipients.recipient-registered',
      actor,
      at,
      about: `recipient:${recipient.recipientId}`,
      facts: {
        role: recipient.role,
        purposes: recipient.purposes,
        contract: recipient.processingContract,
        transferTool: recipient.transferTool ?? null,
      },
    })
  })
}
