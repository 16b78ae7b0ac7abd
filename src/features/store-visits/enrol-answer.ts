import { createHash } from 'node:crypto'
import { z } from 'zod'
import { gone } from '../../kernel/errors.ts'
import { type ContactChannel, contactChannels, type Evidence } from '../../kernel/evidence.ts'
import type { SubjectSealer } from '../../platform/crypto/index.ts'
import type { AnsweredChoice } from '../consent/index.ts'
import { openEnrolmentLink, sealEnrolmentLink } from './enrol-links.ts'
import type { EnrolParts, EnrolTx } from './enrol-parts.ts'
import { answersPlace, type Enrolment } from './enrol-store.ts'

/** An answer as it waits: without how a screen showed it before, because the screen showed nothing. */
export const heldShape = z.array(
  z.strictObject({
    purpose: z.string(),
    contactChannel: z.custom<ContactChannel>((value) => contactChannels.some((known) => known === value)),
    answer: z.enum(['yes', 'no']),
    notice: z.strictObject({
      id: z.string(),
      version: z.string(),
      language: z.string(),
      textHash: z.string(),
    }),
  }),
)

export type HeldAnswer = z.infer<typeof heldShape>[number]

export const heldAnswers = (choices: readonly AnsweredChoice[]): readonly HeldAnswer[] =>
  choices.flatMap(({ purpose, contactChannel, answer, notice }) =>
    answer === 'later' ? [] : [{ purpose, contactChannel, answer, notice }],
  )

const over = () => gone('link-expired', 'This link is no longer valid.')

/** The enrolment an address leads to; one answer for every address that leads to none. */
export async function enrolmentAt<Tx extends EnrolTx>(
  parts: Pick<EnrolParts<Tx>, 'tokens' | 'clock' | 'reads'>,
  link: 'hand-off' | 'visit' | 'mail',
  token: string,
): Promise<Enrolment> {
  const ref = openEnrolmentLink(parts.tokens, link, token, parts.clock.now())
  const found = ref && (await parts.reads.find(ref))
  if (found === undefined) throw over()
  return found
}

/**
 * A customer's phone takes the hand-off up: once, whoever else photographed the screen. It says nothing about the person, so
 * that whoever is first learns no more than what stood on the assistant's screen.
 */
export async function openHandOff<Tx extends EnrolTx>(
  parts: EnrolParts<Tx>,
  { token, evidence }: { readonly token: string; readonly evidence: Evidence },
): Promise<{ readonly enrolment: Enrolment; readonly visit: string }> {
  const enrolment = await enrolmentAt(parts, 'hand-off', token)
  const at = parts.clock.now()
  await parts.work(async (tx) => {
    if (!(await tx.enrolments.open(enrolment, at))) throw over()
    await tx.audit.record({
      action: 'store.enrolment-opened',
      actor: { kind: 'anonymous' },
      at,
      subjectId: enrolment.subjectId,
      evidence: { ...evidence, touchpoint: enrolment.touchpointId },
      facts: { enrolmentId: enrolment.enrolmentId },
    })
  })
  return { enrolment, visit: sealEnrolmentLink(parts.tokens, 'visit', enrolment, at) }
}

/**
 * Keeps what was answered on the phone until the address is proven. Until then nobody knows whose answers these are, so none
 * of them is in the ledger and nothing is permitted by them; unproven, they are gone after three days. Once.
 */
export async function holdAnswers<Tx extends EnrolTx>(
  parts: EnrolParts<Tx>,
  command: {
    readonly token: string
    readonly evidence: Evidence
    readonly answers: readonly HeldAnswer[]
  },
): Promise<Enrolment> {
  const enrolment = await enrolmentAt(parts, 'visit', command.token)
  const { subjectId, enrolmentId, identifierId } = enrolment
  // Of an address with an account nothing is kept: its owner decides where they sign in.
  const sealed =
    identifierId === undefined
      ? undefined
      : await parts.sealer.sealText(subjectId, answersPlace(enrolment), JSON.stringify(command.answers))
  const at = parts.clock.now()
  await parts.work(async (tx) => {
    if (!(await tx.enrolments.answer(enrolment, sealed, at))) throw over()
    await tx.audit.record({
      action: 'store.enrolment-answered',
      actor: { kind: 'anonymous' },
      at,
      subjectId,
      evidence: { ...command.evidence, touchpoint: enrolment.touchpointId },
      facts: { enrolmentId, answers: command.answers.length },
    })
  })
  return enrolment
}

/** What was answered at the counter and waits; nothing once the enrolment has ended. */
export async function readHeldAnswers(
  { sealer }: { readonly sealer: Pick<SubjectSealer, 'openText'> },
  enrolment: Enrolment,
): Promise<readonly HeldAnswer[]> {
  if (enrolment.outcome !== undefined || enrolment.sealedAnswers === undefined) return []
  const text = await sealer.openText(enrolment.subjectId, answersPlace(enrolment), enrolment.sealedAnswers)
  return heldShape.parse(JSON.parse(text))
}

/**
 * The mark of what waits: a page that shows it carries the mark, and confirms nothing that it did not show (SHA-256,
 * base64url, over the answers with the wording of each).
 */
export const markOfHeld = (held: readonly HeldAnswer[]): string =>
  createHash('sha256').update(JSON.stringify(held), 'utf8').digest('base64url')
