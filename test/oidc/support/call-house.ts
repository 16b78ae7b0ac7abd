import { keepProofs } from '../../../src/compose/pg-work.ts'
import { findCallAgent, pgStaffDirectory } from '../../../src/features/staff/index.ts'
import { PlacetError } from '../../../src/kernel/errors.ts'
import { parseId } from '../../../src/kernel/ids.ts'
import {
  type CallPrompt,
  type CallVisitor,
  type CibaDeps,
  type Oidc,
  pgCallStores,
} from '../../../src/oidc/index.ts'
import type { DatabaseConnection } from '../../../src/platform/db/connection.ts'
import { openLane } from '../../../src/platform/db/lanes.ts'
import type { PipelinedReader } from '../../../src/platform/db/pipelined-reader.ts'
import { unitOfWork } from '../../../src/platform/db/unit-of-work.ts'
import type { Limiter } from '../../../src/platform/limits/index.ts'

/** The client in whose name the house's own agents ask. */
export const houseDesk = 'house-desk'

export interface CallAnswerRequest {
  readonly link: string
  readonly who: CallVisitor
}

/** What a house needs to serve requests by telephone; messages end in a list. A hint is `person:` with a subject's id. */
export function openCallHouse(connection: DatabaseConnection, reader: PipelinedReader, limiter: Limiter) {
  const lane = openLane(connection, 'calls', 4)
  const statements: string[] = []
  lane.on('query', ({ sql }: { readonly sql: string }) => void statements.push(sql))
  const prompts: (CallPrompt & { readonly subjectId: string })[] = []
  const pings: string[] = []
  const running = new Set<Promise<void>>()
  const troubles: unknown[] = []
  const directory = pgStaffDirectory(reader)
  const deps: CibaDeps = {
    desk: houseDesk,
    limiter,
    work: unitOfWork(lane, pgCallStores, keepProofs),
    findPerson: async (hint) => {
      const id = parseId<'subject'>(hint.replace(/^person:/, ''))
      const rows = await reader.rows(
        { name: 'test-hint', text: 'select subject_id from subjects where subject_id::text = $1' },
        [id ?? hint],
      )
      return parseId<'subject'>(rows[0]?.[0])
    },
    findAgent: async (id, touchpointId) => {
      const staffId = parseId<'staff'>(id)
      const tree = new Map<string, string | undefined>([
        ['madrid', undefined],
        ['madrid-desk-12', 'madrid'],
      ])
      return staffId && findCallAgent({ directory, tree: () => tree }, staffId, touchpointId)
    },
    wayTo: async (subjectId) => {
      const rows = await reader.rows(
        { name: 'test-device', text: 'select 1 from subjects where subject_id = $1 and language <> $2' },
        // A person without a device, as these tests have it: the house of the channel's tests has real ones.
        [subjectId, 'zz'],
      )
      if (rows.length === 0) return undefined
      return async (prompt) => void prompts.push({ ...prompt, subjectId })
    },
    later: (task) => {
      const run = task()
        .catch((error: unknown) => void troubles.push(error))
        .finally(() => running.delete(run))
      running.add(run)
    },
    onPing: (outcome) => void pings.push(outcome),
  }
  return {
    deps,
    statements,
    prompts,
    pings,
    troubles,
    settled: async () => {
      while (running.size > 0) await Promise.all(running)
    },
    /** The customer's page, for programs: `/call/open`, with what the page would know of its visitor in the body. */
    answer: async (oidc: Oidc, path: string, body: string): Promise<unknown> => {
      const { link, who } = JSON.parse(body) as CallAnswerRequest
      const visitor = { ...who, authenticatedAt: new Date(who.authenticatedAt) }
      const approvals = oidc.callApprovals
      if (approvals === undefined) throw new Error('this house takes no requests by telephone')
      try {
        if (path === '/call/open') return { answer: await approvals.open(link, visitor) }
        if (path === '/call/approve') return { answer: await approvals.approve(link, visitor) }
        if (path === '/call/decline') return { answer: await approvals.decline(link, visitor) }
        return { answer: await approvals.report(link, visitor) }
      } catch (error) {
        if (error instanceof PlacetError) return { answer: error.code }
        throw error
      }
    },
    /** The agent's half, for programs: `/check/ask`, `/check/state`, `/check/redeem`, `/check/end`. */
    check: async (oidc: Oidc, path: string, body: string): Promise<unknown> => {
      const checks = oidc.callerChecks
      if (checks === undefined) throw new Error('this house has no desk')
      const { ref, agentId, ...request } = JSON.parse(body)
      try {
        if (path === '/check/ask') return { answer: await checks.ask({ agentId, ...request }) }
        if (path === '/check/state') return { answer: await checks.state(ref, agentId) }
        if (path === '/check/end') return { answer: (await checks.end(ref, agentId)) ?? null }
        return { answer: (await checks.redeem(ref, agentId)) ?? null }
      } catch (error) {
        if (error instanceof PlacetError) return { answer: error.code }
        throw error
      }
    },
    close: async () => {
      while (running.size > 0) await Promise.all(running)
      await lane.destroy()
    },
  }
}
