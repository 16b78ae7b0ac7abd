import type { Actor } from '../../kernel/actor.ts'
import type { AuditEntry } from '../../kernel/audit-trail.ts'
import { gone } from '../../kernel/errors.ts'
import type { Evidence } from '../../kernel/evidence.ts'
import {
  type AnsweredChoice,
  recordChoices,
  recordedUnder,
  referenceTo,
  type StandingChoice,
} from '../consent/index.ts'
import type { CallAct } from './call-act.ts'
import type { CallLink } from './call-link.ts'
import type { CallParts } from './call-ports.ts'
import { nameOf, questionOf, standingChoices, wordsToRead } from './standing-questions.ts'

export type SettleParts = Pick<
  CallParts,
  'work' | 'calls' | 'clock' | 'entropy' | 'ledger' | 'house' | 'deskClient' | 'onYes' | 'facts' | 'registry'
>

/** What was recorded in a call, for whoever holds its link; undefined when it is gone, or the person is. */
export async function callActOf(
  parts: Pick<CallParts, 'calls' | 'facts'>,
  { subjectId, actId }: CallLink,
): Promise<CallAct | undefined> {
  const [act, known] = await Promise.all([parts.calls.act(subjectId, actId), parts.facts.find(subjectId)])
  return known?.facts.subject.state === 'active' ? act : undefined
}

export async function openAct(parts: SettleParts, link: CallLink): Promise<CallAct> {
  const act = await callActOf(parts, link)
  if (act === undefined || act.expiresAt <= parts.clock.now()) {
    throw gone('link-expired', 'This link is no longer valid.')
  }
  return act
}

const themselves = ({ subjectId }: CallAct): Extract<Actor, { kind: 'subject' }> => ({
  kind: 'subject',
  subjectId,
  assurance: 'none',
})

/** The person's own act, about a call: where the call was taken, by which of our desks, on the page of this name. */
export const aboutCall = (
  parts: SettleParts,
  act: CallAct,
  evidence: Evidence,
  surface: string,
): Evidence => ({
  ...evidence,
  channel: 'call-centre',
  surface,
  touchpoint: act.touchpoint,
  clientId: parts.deskClient,
})

export const actEntry = (action: string, act: CallAct, at: Date, evidence: Evidence): AuditEntry => ({
  action,
  actor: themselves(act),
  at,
  subjectId: act.subjectId,
  about: `call:${act.callId}`,
  evidence,
  facts: { call: act.reference, agent: `staff:${act.agentId}`, act: act.id },
})

const commandKey = (act: CallAct, step: string): string => `call-act ${act.id} ${step}`

/** The answer to what was told; each act has one. */
export const answering = 'confirm'

/**
 * Records what the person says about an act. Answers with the facts it added, none where all of it stood already; undefined
 * where nothing was recorded, because the wording was replaced or the person decided it elsewhere since.
 */
export async function recordOwn(
  parts: SettleParts,
  act: CallAct,
  step: string,
  evidence: Evidence,
  choices: readonly AnsweredChoice[],
): Promise<readonly string[] | undefined> {
  const outcome = await recordChoices(parts.ledger, {
    subjectId: act.subjectId,
    actor: themselves(act),
    evidence,
    particulars: {
      ...act.particulars,
      act: act.id,
      ...(act.sentMessage === undefined ? {} : { message: act.sentMessage }),
      ...(act.sentAt === undefined ? {} : { sentAt: act.sentAt.toISOString() }),
    },
    ...parts.house,
    idempotencyKey: commandKey(act, step),
    choices,
  })
  if (outcome.outcome === 'recorded') return outcome.eventIds
  return outcome.outcome === 'unchanged' ? [] : undefined
}

/**
 * The facts the answer by the link added. Where it was begun and never settled, the ledger knows whether any of it was kept:
 * a yes of somewhere else is none of them, however close in time.
 */
export const ownFacts = async (parts: SettleParts, act: CallAct): Promise<readonly string[]> =>
  act.ownEvents ?? (await recordedUnder(parts.ledger, act.subjectId, commandKey(act, answering))) ?? []

const isYes = ({ state }: StandingChoice): boolean =>
  state === 'GIVEN' || state === 'PENDING_DOI' || state === 'PENDING_GUARDIAN'

/**
 * Every yes that was confirmed by the link is a no again. What the person agreed to elsewhere, before or since, is theirs and
 * stays.
 */
export async function takeBack(parts: SettleParts, act: CallAct, evidence: Evidence): Promise<void> {
  const own = await ownFacts(parts, act)
  const known = await parts.facts.find(act.subjectId)
  if (known === undefined) return
  const standing = new Map(standingChoices(parts, known).map((one) => [nameOf(one.key), one]))
  for (const told of act.answers) {
    const choice = standing.get(nameOf(told))
    if (told.answer !== 'yes' || choice?.by === undefined) continue
    if (!isYes(choice) || !own.includes(choice.by.id)) continue
    const words = wordsToRead(parts.registry.current(), told.purpose, act.language)
    // In the words of the yes; where those were replaced since, in today's: a no waits for no wording.
    for (const notice of [
      choice.by.notice ?? told.notice,
      ...(words === undefined ? [] : [referenceTo(words)]),
    ]) {
      const step = `take back ${choice.by.id}`
      const no = { ...questionOf(told), answer: 'no', notice } as const
      if ((await recordOwn(parts, act, step, evidence, [no])) !== undefined) break
    }
  }
}
