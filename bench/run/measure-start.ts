import { setTimeout as sleep } from 'node:timers/promises'
import { type Child, startChild } from '../process/start-child.ts'
import type { StartResult } from './result.ts'
import type { Verdict } from './verdict.ts'
import { median } from './verdict.ts'

const readyGoalMs = 1_000
const idleRssGoalBytes = 200 * 2 ** 20
/** Long enough for what a start leaves behind to be collected. */
const idleMs = 2_000

interface Start {
  readonly readyMs: number
  readonly rssBytes: number
}

/** From the moment the process is asked for to the first 200 it answers, Node's own start included. */
async function startOnce(room: string, settings: unknown): Promise<Start> {
  const from = performance.now()
  const child: Child<{ origin: string }> = await startChild(room, settings)
  try {
    const answer = await fetch(`${child.ready.origin}/.well-known/openid-configuration`)
    if (answer.status !== 200) throw new Error(`${room} answered ${answer.status}`)
    await answer.text()
    const readyMs = performance.now() - from
    await sleep(idleMs)
    return { readyMs, rssBytes: (await child.ask('usage', null)).rssBytes }
  } finally {
    await child.stop()
  }
}

export const startScenario = { id: 'S19', title: 'cold start to first 200, idle memory' }

export async function measureStart(
  house: { readonly room: string; readonly settings: unknown },
  floor: { readonly room: string; readonly settings: unknown },
  quick: boolean,
): Promise<StartResult> {
  const starts: { house: Start[]; floor: Start[] } = { house: [], floor: [] }
  for (let round = 0; round < (quick ? 1 : 3); round += 1) {
    starts.house.push(await startOnce(house.room, house.settings))
    starts.floor.push(await startOnce(floor.room, floor.settings))
  }
  const readyMs = starts.house.map((one) => one.readyMs).sort((a, b) => a - b)
  const idleRssBytes = median(starts.house.map((one) => one.rssBytes))
  const verdict = (of: Verdict['of'], budget: number, measured: number): Verdict => ({
    of,
    budget,
    measured,
    verdict: measured <= budget ? 'met' : 'missed',
  })
  return {
    status: 'started',
    ...startScenario,
    operation: 'start the process on a migrated database, ask for the discovery document, wait two seconds',
    readyMs,
    idleRssBytes,
    floor: {
      title: 'oidc-provider, in memory',
      readyMs: starts.floor.map((one) => one.readyMs).sort((a, b) => a - b),
      idleRssBytes: median(starts.floor.map((one) => one.rssBytes)),
    },
    verdicts: [
      verdict('ready', readyGoalMs, median(readyMs)),
      verdict('memory', idleRssGoalBytes / 2 ** 20, idleRssBytes / 2 ** 20),
    ],
  }
}
