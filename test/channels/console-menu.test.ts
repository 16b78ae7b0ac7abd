import { afterAll, beforeAll, expect, test } from 'vitest'
import { consoleEntries, entriesFor, menuFor } from '../../src/channels/console-menu.ts'
import type { StaffRole } from '../../src/kernel/actor.ts'
import { systemEntropy } from '../../src/platform/crypto/index.ts'
import { startTestApp, type TestApp } from '../support/app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
})
afterAll(() => app?.close())

const staff = (...roles: readonly StaffRole[]) =>
  ({ kind: 'staff', staffId: systemEntropy.id<'staff'>(), roles, assurance: 'passkey' }) as const
const linksOf = (...roles: readonly StaffRole[]) => entriesFor(staff(...roles)).map(({ href }) => href)

test('every entry of the menu leads to a page there is, under the very power that page asks for (R103)', () => {
  const led = consoleEntries.map(({ name }) => app.routes.find((route) => route.name === name))
  expect(led.map((route) => [route?.method, route?.path, route?.caller])).toMatchObject(
    consoleEntries.map(({ href, power }) => ['GET', href, { who: 'staff', power }]),
  )
})

test('shows each member of staff what their roles open, and strangers and customers nothing', () => {
  expect(linksOf('dpo')).toEqual([
    '/staff',
    '/dpo/purposes',
    '/dpo/campaigns',
    '/dpo/requests',
    '/dpo/people',
    '/dpo/stores',
    '/staff/proof',
    '/staff/calls/live',
  ])
  expect(linksOf('agent')).toEqual(['/staff', '/staff/calls'])
  expect(linksOf('store-staff')).toEqual(['/staff', '/staff/store'])
  expect(linksOf()).toEqual(['/staff'])
  expect(menuFor({ kind: 'anonymous' }, '/staff/sign-in')).toBeUndefined()
  const subjectId = systemEntropy.id<'subject'>()
  expect(menuFor({ kind: 'subject', subjectId, assurance: 'passkey' }, '/dpo/purposes')).toBeUndefined()
})

test('marks the page itself, or the one it stands under', () => {
  const marked = (path: string) =>
    menuFor(staff('dpo'), path)?.items.flatMap(({ href, current }) => (current ? [[href, current]] : []))
  expect(marked('/dpo/purposes')).toEqual([['/dpo/purposes', 'page']])
  expect(marked('/dpo/purposes/marketing.direct/draft')).toEqual([['/dpo/purposes', 'true']])
  expect(marked('/staff')).toEqual([['/staff', 'page']])
})
