import { type LedgerParts, recordShown, type ShownNotice } from '../features/consent/index.ts'
import type { Evidence } from '../kernel/evidence.ts'
import type { SubjectId } from '../kernel/ids.ts'
import type { Log } from '../platform/log/index.ts'

export interface AskedQuestions {
  /** A prompt was shown; must return at once. */
  shown(subjectId: SubjectId, evidence: Evidence, questions: readonly ShownNotice[]): void
  /** The person answered it. */
  answered(subjectId: SubjectId): void
}

interface Asked {
  readonly at: Date
  readonly evidence: Evidence
  readonly questions: readonly ShownNotice[]
}

/** Nobody reads a prompt for longer; whoever comes back later is shown it anew. */
const leftAfterMs = 30 * 60_000
const lookEveryMs = 60_000
/** Some megabytes; beyond it the oldest are written down earlier. */
const most = 20_000
const atOnce = 8

/**
 * Questions that were shown and left without an answer. An answer proves by itself that the question was asked, so nothing is
 * written for those who answer, which is nearly everybody: the prompt costs neither a round trip nor a row. What is left is
 * noted here and written down together, half an hour later or when the process ends. A process that is killed loses what it
 * had noted in that time: it is evidence in our own favour, and nobody's right depends on it. Answered at another process, it
 * is found out when it is written.
 */
export function askedQuestions({
  ledger,
  house,
  log,
}: {
  readonly ledger: LedgerParts
  readonly house: { readonly controller: string; readonly brand: string }
  readonly log: Pick<Log, 'warn'>
}) {
  const open = new Map<SubjectId, Asked>()
  let writing = Promise.resolve()

  const write = async (subjectId: SubjectId, { at, evidence, questions }: Asked): Promise<void> => {
    try {
      await recordShown(ledger, {
        subjectId,
        actor: { kind: 'system', name: 'preferences-prompt' },
        evidence,
        idempotencyKey: `asked ${subjectId} ${at.toISOString()}`,
        ...house,
        as: 'requested',
        shown: questions,
        shownAt: at,
      })
    } catch (error) {
      log.warn('consent.asked-not-recorded', {}, error)
    }
  }
  /** Writes down what was left before an instant. */
  const flush = (before: Date): Promise<void> => {
    const left = [...open].filter(([, { at }]) => at <= before)
    for (const [subjectId] of left) open.delete(subjectId)
    writing = writing.then(async () => {
      for (let place = 0; place < left.length; place += atOnce)
        await Promise.all(left.slice(place, place + atOnce).map(([id, asked]) => write(id, asked)))
    })
    return writing
  }
  const look = () => void flush(new Date(ledger.clock.now().getTime() - leftAfterMs))
  const timer = setInterval(look, lookEveryMs).unref()

  const asked: AskedQuestions = {
    shown: (subjectId, evidence, questions) => {
      // Where it was shown before in this sitting, that is when it was asked.
      if (questions.length === 0 || open.has(subjectId)) return
      open.set(subjectId, { at: ledger.clock.now(), evidence, questions })
      if (open.size > most) {
        const [oldest] = open.values()
        if (oldest !== undefined) void flush(oldest.at)
      }
    },
    answered: (subjectId) => void open.delete(subjectId),
  }
  return {
    ...asked,
    flush,
    close: () => {
      clearInterval(timer)
      return flush(ledger.clock.now())
    },
  }
}
