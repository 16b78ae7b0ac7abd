import { z } from 'zod'
import type { CommandHouse, FindingOrder } from '../cli/command-house.ts'
import type { House } from '../compose.ts'
import { invalidateConsents, pgFoundYeses, type Selection } from '../features/consent/index.ts'
import { pgStaffDirectory } from '../features/staff/index.ts'
import { invalid } from '../kernel/errors.ts'
import type { ConsentEventId } from '../kernel/ids.ts'
import { parseId } from '../kernel/ids.ts'
import { openLane } from '../platform/db/lanes.ts'
import { officersDecision } from './officers-decision.ts'

/** A page of a whole batch is heavier than what people wait for. */
const deadlines = { statement_timeout: 60_000, idle_in_transaction_session_timeout: 60_000 }

const refused = (words: string) => invalid('invalid-input', words)

function instant(option: string, text: string | undefined): Date | undefined {
  if (text === undefined) return undefined
  const at = new Date(text)
  if (Number.isNaN(at.getTime())) throw refused(`${option} ${text} is no date.`)
  return at
}

/** Exactly one of the four ways to say which answers are meant: a finding about everything is none. */
function selectionOf(order: FindingOrder): Selection {
  const { touchpoint, notice, act } = order
  const named = [order.import, touchpoint, notice, act].filter((one) => one !== undefined)
  if (named.length !== 1)
    throw refused('Say which answers are meant: --import, --touchpoint, --notice or --act, one of them.')
  if (order.import !== undefined) {
    const importId = parseId<'import'>(order.import)
    if (importId === undefined) throw refused('--import must be the id of an import.')
    return { by: 'import', importId }
  }
  if (touchpoint !== undefined) {
    const from = instant('--from', order.from)
    const until = instant('--until', order.until)
    return { by: 'touchpoint', touchpoint, ...(from && { from }), ...(until && { until }) }
  }
  if (notice !== undefined) {
    const version = z.coerce.number().int().positive().safeParse(order.noticeVersion)
    if (!version.success) throw refused('--notice-version must say which version of the wording.')
    const { language } = order
    return {
      by: 'notice',
      noticeId: notice,
      version: version.data,
      ...(language === undefined ? {} : { language }),
    }
  }
  // Answers of an import have ids made of their rows (RFC 9562, version 8); any UUID names an act.
  const eventId = z.uuid().safeParse(act?.toLowerCase())
  if (!eventId.success) throw refused('--act must be the id of an act, as its receipt names it.')
  return { by: 'act', eventId: eventId.data as ConsentEventId }
}

/** What is found about answers given before, for the command line, on a connection of its own. */
export function findingCommands(house: House): Pick<CommandHouse, 'findings'> {
  const { connection, consoleWork, platform, ledger, sealer } = house
  const decisionOf = officersDecision(pgStaffDirectory(platform.reader))
  return {
    findings: {
      declare: async (order) => {
        const selection = selectionOf(order)
        const decision = await decisionOf(order)
        const lane = openLane(connection, 'findings', 1, deadlines)
        try {
          return await invalidateConsents(
            { ...ledger, work: consoleWork, sealer, found: pgFoundYeses(lane), findingWork: consoleWork },
            {
              actor: { kind: 'system', name: 'cli' },
              evidence: { channel: 'api', surface: 'command-line', language: 'es' },
              decision,
              as: order.as,
              selection,
              dryRun: order.dryRun,
              signal: order.signal,
              onProgress: order.onProgress,
            },
          )
        } finally {
          await lane.destroy()
        }
      },
    },
  }
}
