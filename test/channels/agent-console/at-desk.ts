import { randomBytes } from 'node:crypto'
import { load } from 'cheerio'
import type { Knex } from 'knex'
import { tokenHash } from '../../../src/features/staff/secret-token.ts'
import type { Actor } from '../../../src/kernel/actor.ts'
import { openBrowser } from '../admin-console/console-app.ts'

export type Browser = ReturnType<typeof openBrowser>

/** A staff session of this person, opened this moment with their passkey. */
export async function sessionOf(owner: Knex, actor: Extract<Actor, { kind: 'staff' }>): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  const now = new Date()
  await owner('staff_sessions').insert({
    session_hash: Buffer.from(tokenHash('staff-session', token)),
    staff_id: actor.staffId,
    assurance: 'passkey',
    authenticated_at: now,
    seen_at: now,
    expires_at: new Date(now.getTime() + 3_600_000),
  })
  return token
}

/** The browser of an agent who has just sat down. */
export async function sitDown(
  origin: string,
  owner: Knex,
  actor: Extract<Actor, { kind: 'staff' }>,
): Promise<Browser> {
  const browser = openBrowser(origin)
  browser.cookies.set('placet_staff', await sessionOf(owner, actor))
  await browser.open('/staff/sign-in')
  return browser
}

export const wordsOf = (html: string): string => load(html)('main').text().replaceAll(/\s+/g, ' ')

/** Nobody touched anything in this session for so long, by the clock of the database. */
export const leaveAlone = (owner: Knex, staffId: string, seconds: number) =>
  owner('staff_sessions')
    .where({ staff_id: staffId })
    .update({ seen_at: owner.raw('seen_at - make_interval(secs => ?)', [seconds]) })

/** An address that a program of the agent's own machine opens, as browsers say it; `site`: another site's link to it. */
export const fromOutside = (browser: Browser, path: string, site = 'none') =>
  browser.send(path, { headers: { 'sec-fetch-site': site } })
