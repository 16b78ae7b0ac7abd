import { z } from 'zod'
import type { Evidence } from '../../kernel/evidence.ts'
import type { SubjectSealer } from '../../platform/crypto/index.ts'
import { type HeldAnswer, heldShape } from './enrol-answer.ts'
import { answersPlace, type Enrolment } from './enrol-store.ts'

/** What whoever reads the address decided, as it waits for the ledger from the moment they proved it. */
export interface DecidedAnswers {
  readonly answers: readonly HeldAnswer[]
  /** `counter`: confirmed as they were answered there. `mail`: given on the page that the mail leads to. */
  readonly given: 'counter' | 'mail'
  /** When they pressed; the ledger may get it much later. */
  readonly decidedAt: Date
  /** How the deciding was told, for whoever finishes in the place of a process that died. */
  readonly evidence: Evidence
}

const shape = z.strictObject({
  answers: heldShape,
  given: z.enum(['counter', 'mail']),
  decidedAt: z.iso.datetime().transform((text) => new Date(text)),
  evidence: z.custom<Evidence>((value) => typeof value === 'object' && value !== null),
})

export const sealDecided = (
  { sealer }: { readonly sealer: Pick<SubjectSealer, 'sealText'> },
  enrolment: Enrolment,
  decided: DecidedAnswers,
): Promise<Uint8Array> =>
  sealer.sealText(enrolment.subjectId, answersPlace(enrolment), JSON.stringify(decided))

/** Undefined where nothing was decided, or all of it is in the ledger. */
export async function readDecided(
  { sealer }: { readonly sealer: Pick<SubjectSealer, 'openText'> },
  enrolment: Enrolment,
): Promise<DecidedAnswers | undefined> {
  if (enrolment.outcome !== 'proven' || enrolment.sealedAnswers === undefined) return undefined
  const text = await sealer.openText(enrolment.subjectId, answersPlace(enrolment), enrolment.sealedAnswers)
  return shape.parse(JSON.parse(text))
}
