import { z } from 'zod'
import type { PurposeCardModel } from '../../views/parts/purpose-card.tsx'
import type {
  AnsweredChoice,
  ChoicesOutcome,
  NoticeReference,
  StandingChoice,
} from '../features/consent/index.ts'
import { type FieldIssue, PlacetError } from '../kernel/errors.ts'
import { type ContactChannel, contactChannels } from '../kernel/evidence.ts'
import type { Entropy, SubjectId } from '../kernel/ids.ts'
import type { Limiter } from '../platform/limits/index.ts'

const fieldName = /^(?:(?:choice|shown|was)\.[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)+|all|decide)$/

/**
 * The fields of a form of choices: `choice.<purpose>.<contact channel>` = yes or no, `shown.<…>` = the wording it was
 * asked in, `was.<…>` = how it stood when the page was made, and the button pressed. Any other field is refused (R106); what these hold is read by `readChoices`.
 */
export const choicesBody = z
  .record(z.string().max(120), z.string().max(400))
  .refine((fields) => Object.keys(fields).length <= 300, 'code:too-many-fields')
  .refine((fields) => Object.keys(fields).every((name) => fieldName.test(name)), 'code:field-unknown')

export type ChoicesFields = z.infer<typeof choicesBody>

export interface ReadChoices {
  readonly choices: readonly AnsweredChoice[]
  readonly issues: readonly FieldIssue[]
  /** The question was put off as a whole. */
  readonly later: boolean
  /** What was pressed, question by question, to be shown again when the form has to be. */
  readonly typed: ReadonlyMap<string, 'yes' | 'no'>
  /** The wording each question was asked in, answered or not. */
  readonly notices: ReadonlyMap<string, NoticeReference>
}

const isContactChannel = (text: string): text is ContactChannel =>
  (contactChannels as readonly string[]).includes(text)

const onceShape = /^[\w-]{16,64}$/

/**
 * Where a form of choices posts to: its own page as it was opened, with the key of this very form. Sent twice, by a double click or a
 * browser that repeats itself, it is one command (R92).
 */
export function formAddress(url: string, path: string, entropy: Entropy): string {
  const query = new URL(url, 'http://here').searchParams
  query.delete('done')
  query.set('once', entropy.id<'form'>())
  return `${path}?${query}`
}

export const formQuery = z.object({ once: z.string().regex(onceShape).optional().catch(undefined) })

/** `notice|version|language|hash`, as the card sent it. */
function noticeIn(value: string): AnsweredChoice['notice'] | undefined {
  const [id, version, language, textHash, ...rest] = value.split('|')
  if (id === undefined || version === undefined || language === undefined || textHash === undefined)
    return undefined
  return rest.length > 0 ? undefined : { id, version, language, textHash }
}

const markShape = /^[\w.-]{1,60}$/

/** `mark|preset`, as the card sent it; a form that tells nothing of the kind is read as one that shows no answers. */
function seenIn(value: string | undefined, touched: (preset: string) => boolean): AnsweredChoice['seen'] {
  const [mark = '', preset] = value?.split('|') ?? []
  if (!markShape.test(mark) || (preset !== 'yes' && preset !== 'no' && preset !== 'none')) return undefined
  return { mark, preset, touched: touched(preset) }
}

/**
 * Reads what came back. Only what was shown can be answered; one button answers everything shown alike, and pressed it
 * outweighs the single answers. What was left alone is a no where the page says so (`unanswered: 'no'`), and else simply
 * not answered. An answer that is neither yes nor no is an issue of its field.
 */
export function readChoices(
  fields: ChoicesFields,
  { unanswered }: { readonly unanswered: 'no' | 'not-answered' },
): ReadChoices {
  const all = fields['all'] === 'yes' || fields['all'] === 'no' ? fields['all'] : undefined
  const later = all === undefined && fields['decide'] === 'later'
  const choices: AnsweredChoice[] = []
  const issues: FieldIssue[] = []
  const typed = new Map<string, 'yes' | 'no'>()
  const notices = new Map<string, NoticeReference>()
  for (const [name, value] of Object.entries(fields)) {
    if (!name.startsWith('shown.')) continue
    const key = name.slice('shown.'.length)
    const cut = key.lastIndexOf('.')
    const contactChannel = key.slice(cut + 1)
    const notice = noticeIn(value)
    const field = `choice.${key}`
    if (notice === undefined || !isContactChannel(contactChannel)) {
      issues.push({ field, code: 'answer-invalid' })
      continue
    }
    notices.set(key, notice)
    const pressed = all ?? fields[field]
    const touched = (preset: string) => all !== undefined || (pressed !== undefined && pressed !== preset)
    const seen = seenIn(fields[`was.${key}`], touched)
    if (pressed === 'yes' || pressed === 'no') typed.set(key, pressed)
    else if (pressed !== undefined) issues.push({ field, code: 'answer-invalid' })
    const answer = later ? 'later' : (typed.get(key) ?? (unanswered === 'no' ? 'no' : undefined))
    if (answer === undefined) continue
    const purpose = key.slice(0, cut)
    choices.push({ purpose, contactChannel, answer, notice, ...(seen === undefined ? {} : { seen }) })
  }
  for (const name of Object.keys(fields)) {
    if (name.startsWith('choice.') && fields[`shown.${name.slice('choice.'.length)}`] === undefined)
      issues.push({ field: name, code: 'answer-invalid' })
  }
  return {
    choices,
    issues,
    later,
    typed,
    notices,
  }
}

/**
 * The form's key was spent on other answers: the person went back to an old page. They are shown how things stand now,
 * and decide again; any other error is thrown on.
 */
export function spent(error: unknown): { readonly outcome: 'spent' } {
  if (error instanceof PlacetError && error.code === 'idempotency-key-reused') return { outcome: 'spent' }
  throw error
}

/**
 * The cards with what the person had pressed, so that a form shown again loses nothing they did. A question that was
 * answered elsewhere meanwhile shows the newer answer.
 */
export const withTyped = (
  cards: readonly PurposeCardModel[],
  typed: ReadChoices['typed'],
): readonly PurposeCardModel[] =>
  cards.map((card) => ({
    ...card,
    choices: card.choices.map((choice) => {
      const answer = typed.get(choice.key)
      return answer === undefined || choice.overtaken !== undefined ? choice : { ...choice, answer }
    }),
  }))

/** A form that has to be shown again, because something moved while it was open. */
export interface ShownAgain {
  readonly typed: ReadChoices['typed']
  readonly read?: ReadChoices['notices']
  readonly overtaken?: ReadonlyMap<string, 'yes' | 'no'>
  readonly formError: { readonly code: string }
}

const nameOf = ({ key }: Pick<StandingChoice, 'key'>): string => `${key.purpose}.${key.contactChannel}`

/**
 * What to show when nothing could be recorded. A text that changed is compared with the one on the form, and what was
 * pressed under the old one is not pressed under the new: nobody has read that yet.
 */
export function shownAgain(
  outcome: Exclude<ChoicesOutcome | { readonly outcome: 'spent' }, { outcome: 'recorded' | 'unchanged' }>,
  { typed, notices }: Pick<ReadChoices, 'typed' | 'notices'>,
): ShownAgain {
  switch (outcome.outcome) {
    case 'spent':
      return { typed, formError: { code: 'conflict' } }
    case 'stale': {
      const changed = new Set(outcome.current.map(({ purpose }) => purpose))
      const isChanged = (key: string) => changed.has(key.slice(0, key.lastIndexOf('.')))
      return {
        typed: new Map([...typed].filter(([key]) => !isChanged(key))),
        read: new Map([...notices].filter(([key]) => isChanged(key))),
        formError: { code: 'notice-changed' },
      }
    }
    case 'overtaken': {
      const moved = new Set(outcome.standing.map(nameOf))
      return {
        typed,
        overtaken: new Map([...typed].filter(([key]) => moved.has(key))),
        formError: { code: 'overtaken' },
      }
    }
  }
}

/**
 * An act that says yes counts against the limit on acts; taking back never waits. Without a yes between them two noes are
 * one, so nobody fills the ledger with those. One more round trip, on pages that a person sends by hand.
 */
export async function paceYeses(
  limiter: Limiter,
  subjectId: SubjectId,
  choices: readonly { readonly answer: 'yes' | 'no' | 'later' }[],
): Promise<void> {
  if (choices.some(({ answer }) => answer === 'yes')) await limiter.consume(subjectId, 'choices-account')
}
