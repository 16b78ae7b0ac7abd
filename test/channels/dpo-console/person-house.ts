import { load } from 'cheerio'
import type { Knex } from 'knex'
import { expect } from 'vitest'
import type { StaffRole } from '../../../src/kernel/actor.ts'
import type { SubjectId } from '../../../src/kernel/ids.ts'
import { openLane } from '../../../src/platform/db/lanes.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { openBrowser } from '../admin-console/console-app.ts'
import { staffCookie } from '../matrix-visitor.ts'

export interface PersonHouse {
  readonly app: TestApp
  readonly owner: Knex
  /** A browser with a session of somebody who works here. */
  signedIn(role: StaffRole): Promise<ReturnType<typeof openBrowser>>
  idOf(email: string): Promise<SubjectId>
  /** What is on a person's record under one action, oldest first. */
  trail(subjectId: string, action: string): Promise<readonly Record<string, unknown>[]>
  /** Lets time pass for the whole house. */
  wait(ms: number): void
  close(): Promise<void>
}

/** The whole house with its people, an officer's browser and a clock that can be put forward. */
export async function startPersonHouse(): Promise<PersonHouse> {
  let later = 0
  const app = await startTestApp({ people: true, clock: { now: () => new Date(Date.now() + later) } })
  const owner = openLane(app.database.connection, 'test', 2)
  return {
    app,
    owner,
    signedIn: async (role) => {
      const browser = openBrowser(app.origin)
      const { cookie = '' } = await staffCookie(owner, role)
      browser.cookies.set('placet_staff', cookie.split('=')[1] ?? '')
      await browser.open('/staff/sign-in')
      return browser
    },
    idOf: async (email) => {
      const index = Buffer.from(app.house.platform.blindIndex.of('email', email))
      return (await owner('identifier_lookups').where({ blind_index: index }).first()).subject_id
    },
    trail: async (subjectId, action) =>
      (await owner('audit_entries').where({ stream_id: subjectId }).orderBy('seq'))
        .map(({ entry }) => JSON.parse(entry))
        .filter((entry) => entry.action === action),
    wait: (ms) => {
      later += ms
    },
    close: async () => {
      await owner.destroy()
      await app.close()
    },
  }
}

/** Every field of the form on a page, as a browser would send it back, without its buttons. */
export function fieldsOf(html: string): Record<string, string> {
  const $ = load(html)
  const fields: Record<string, string> = {}
  for (const element of $('main form').last().find('input, select, textarea').toArray()) {
    const control = $(element)
    const name = control.attr('name')
    if (name === undefined || name === '_csrf') continue
    if (control.attr('type') === 'radio' && control.attr('checked') === undefined) continue
    const value = element.name === 'textarea' ? control.text() : String(control.val() ?? '')
    fields[name] = value
  }
  return fields
}

export const wordsOf = (html: string): string => load(html)('main').text().replaceAll(/\s+/g, ' ')

export const reason = 'Solicitud 2026-114, apartado 3'

type Fields = Record<string, string>

/** What an officer does at their desk, step by step as a browser sends it. `officer` is who sits there now. */
export function deskOf(house: () => PersonHouse, officer: () => ReturnType<typeof openBrowser>) {
  const at = (person: SubjectId, measure: string) => `/dpo/people/${person}/${measure}`
  const check = (person: SubjectId, measure: string, fields: Fields) =>
    officer().submit(at(person, measure), { reason, ...fields })
  const confirm = (person: SubjectId, measure: string, checked: string) =>
    officer().submit(at(person, measure), { ...fieldsOf(checked), step: 'confirm' })
  return {
    at,
    check,
    confirm,
    decided: async (person: SubjectId, measure: string, fields: Fields) => {
      const checked = await check(person, measure, fields)
      expect(checked.status, wordsOf(checked.text)).toBe(200)
      return confirm(person, measure, checked.text)
    },
    /** What every exit reads: why the permission kept for it is what it is. */
    permissionOf: async (subjectId: SubjectId, purpose: string, contactChannel: string) => {
      const kept = await house().app.house.ledger.records.permissionsOf(subjectId)
      return kept.find((one) => one.purpose === purpose && one.contactChannel === contactChannel)?.reason
    },
    factsOf: (subjectId: SubjectId) =>
      house().owner('consent_events').where({ subject_id: subjectId }).count().first(),
  }
}
