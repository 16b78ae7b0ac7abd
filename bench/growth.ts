import pg from 'pg'
import { startBenchDatabase } from './database.ts'
import type { HouseInside } from './house/inside.ts'
import { startMailSink } from './house/mail-sink.ts'
import { newSecrets } from './house/settings.ts'
import { startHouse } from './house/start-house.ts'
import { currentLoad, describeEnvironment, type Environment } from './report/environment.ts'

/** What a permission costs with so many people: medians over many tries, in milliseconds. */
export interface GrowthPoint {
  readonly people: number
  /** A page of a thousand who may be mailed now. */
  readonly pageMs: number
  /** The facts of one person, as a single decision reads them. */
  readonly readMs: number
  /** All permissions of one person decided again and kept. */
  readonly redecideMs: number
}

export interface Growth {
  readonly environment: Environment
  readonly points: readonly GrowthPoint[]
}

const tries = 60

/*
 * People without an account of their own to sign in with: rows of a real one, under other ids. They are there so that the
 * tables and indexes have their size; the person who is measured is a real one among them.
 */
const multiplySql = `
  with made as (
    insert into subjects (subject_id, state, jurisdiction, language, consent_epoch, created_at)
    select gen_random_uuid(), 'active', s.jurisdiction, s.language, s.consent_epoch, s.created_at
      from subjects s, generate_series(1, $2) where s.subject_id = $1
    returning subject_id
  ), reachable as (
    insert into identifiers (subject_id, identifier_id, kind, sealed_value, verified_at, created_at)
    select m.subject_id, i.identifier_id, i.kind, i.sealed_value, i.verified_at, i.created_at
      from made m, identifiers i where i.subject_id = $1
  )
  insert into permissions (subject_id, controller_id, brand_id, purpose_id, contact_channel, contact_point,
    campaign_category, decision, attributes, reconsent_min, reason, basis, evidence_event_id, valid_until, decided_at)
  select m.subject_id, p.controller_id, p.brand_id, p.purpose_id, p.contact_channel, p.contact_point,
    p.campaign_category, p.decision, p.attributes, p.reconsent_min, p.reason, p.basis, p.evidence_event_id,
    p.valid_until, p.decided_at
    from made m, permissions p where p.subject_id = $1`

const chunk = 50_000

async function median(act: () => Promise<unknown>): Promise<number> {
  const taken: number[] = []
  for (let count = 0; count < tries; count += 1) {
    const started = process.hrtime.bigint()
    await act()
    taken.push(Number(process.hrtime.bigint() - started) / 1e6)
  }
  return taken.sort((a, b) => a - b)[tries / 2] ?? 0
}

async function measure(house: HouseInside, people: number): Promise<GrowthPoint> {
  const [person] = house.people
  if (person === undefined) throw new Error('nobody to measure')
  let after: Parameters<HouseInside['contactable']>[0]
  const pageMs = await median(async () => {
    after = (await house.contactable(after, 1_000)).next
  })
  const readMs = await median(() => house.readFacts(person))
  const redecideMs = await median(() => house.redecide(person))
  return { people, pageMs, readMs, redecideMs }
}

/** Fills one house further and further, and measures at each size; the database is warm, and nothing else runs. */
export async function measureGrowth(sizes: readonly number[], say: (line: string) => void): Promise<Growth> {
  const load = currentLoad()
  const database = await startBenchDatabase(say)
  const mail = await startMailSink()
  const owner = new pg.Client({ ...database.house })
  await owner.connect()
  const house = await startHouse({
    database: database.application,
    smtpUrl: mail.url,
    secrets: newSecrets(),
  })
  try {
    await house.seed(10)
    await house.inside.settlePermissions()
    const [, model] = house.inside.people
    const points: GrowthPoint[] = []
    let filled = house.inside.people.length
    for (const size of sizes) {
      say(`Filling up to ${size} people`)
      while (filled < size) {
        const count = Math.min(chunk, size - filled)
        await owner.query(multiplySql, [model, count])
        filled += count
      }
      await owner.query('vacuum analyze')
      points.push(await measure(house.inside, size))
    }
    const { rows } = await owner.query<{ version: string }>(
      `select current_setting('server_version') as version`,
    )
    return { environment: await describeEnvironment(rows[0]?.version ?? 'unknown', load), points }
  } finally {
    await house.close()
    await owner.end()
    mail.close()
    await database.stop()
  }
}
