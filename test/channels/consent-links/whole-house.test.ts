import { afterAll, beforeAll, expect, test } from 'vitest'
import { people } from '../../../demo/seed/people.ts'
import { startBackground } from '../../../src/compose/background.ts'
import { optOutFor, tendConfirmations } from '../../../src/features/consent/index.ts'
import type { SubjectId } from '../../../src/kernel/ids.ts'
import { openLane } from '../../../src/platform/db/lanes.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { browserToken, subjectCookie } from '../matrix-visitor.ts'

let app: TestApp
let owner: ReturnType<typeof openLane>
beforeAll(async () => {
  app = await startTestApp({ people: true })
  owner = openLane(app.database.connection, 'links', 2)
})
afterAll(async () => {
  await owner?.destroy()
  await app?.close()
})

const person = async (key: string) => {
  const found = people.find((one) => one.key === key)
  const { cookie = '' } = await subjectCookie(app.origin, found?.email ?? '', found?.password ?? '')
  const history = await fetch(`${app.origin}/privacy/history`, { headers: { cookie, accept: 'text/html' } })
  const receipt = /\/privacy\/receipts\/([0-9a-f-]{36})/.exec(await history.text())?.[1]
  const [row] = await owner('receipts').where({ receipt_id: receipt ?? null })
  const subjectId: SubjectId = row.subject_id
  return { email: found?.email ?? '', cookie, subjectId }
}

test('in the house as it is wired, Bruno in Germany says yes, gets one mail, confirms, and leaves by one click', async () => {
  const bruno = await person('bruno')
  await owner('subjects').where({ subject_id: bruno.subjectId }).update({ jurisdiction: 'DE' })
  const browser = await browserToken(app.origin)
  const cookie = [browser.cookie, bruno.cookie].join('; ')
  const page = await fetch(`${app.origin}/privacy/permissions`, { headers: { cookie, accept: 'text/html' } })
  const html = await page.text()
  const shown = /name="shown\.marketing\.direct\.email" value="([^"]+)"/.exec(html)?.[1] ?? ''
  const fields = new URLSearchParams({
    'shown.marketing.direct.email': shown,
    'choice.marketing.direct.email': 'yes',
    decide: 'save',
    _csrf: browser.csrf,
  })
  const saved = await fetch(`${app.origin}/privacy/permissions`, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie, origin: app.origin, 'sec-fetch-site': 'same-origin', accept: 'text/html' },
    body: fields,
  })
  expect(saved.status).toBe(303)
  const asked = () =>
    app.outbox.messages.find(
      ({ kind, recipients }) => kind === 'confirm-consent' && recipients.includes(bruno.email),
    )
  await expect.poll(asked, { timeout: 10_000 }).toBeDefined()
  expect(asked()?.headers['message-id']).toMatch(/^<[0-9a-f-]{36}@/)
  const link = /https?:\/\/\S+\/confirm\/\S+/.exec(asked()?.text ?? '')?.[0] ?? ''
  expect((await fetch(link, { method: 'POST' })).status).toBe(200)
  const permission = async () => {
    const [row] = await owner('permissions').where({
      subject_id: bruno.subjectId,
      purpose_id: 'marketing.direct',
      contact_channel: 'email',
    })
    return row.decision
  }
  expect(await permission()).toBe('PERMIT')
  await tendConfirmations(app.house.recording.tend)
  expect(app.outbox.messages.filter(({ kind }) => kind === 'confirm-consent')).toHaveLength(1)

  const { headers } = optOutFor(
    { issuer: new URL(app.origin), sealedTokens: app.house.platform.sealedTokens, now: new Date() },
    {
      subjectId: bruno.subjectId,
      controller: app.house.names.controller,
      brand: app.house.names.brand,
      purpose: 'marketing.direct',
      contactChannel: 'email',
    },
  )
  const href = headers['List-Unsubscribe']?.slice(1, -1) ?? ''
  const gone = await fetch(href, {
    method: 'POST',
    body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }),
  })
  expect(gone.status).toBe(200)
  expect(await permission()).toBe('DENY')
})

test('a route without its own authority still refuses a form that brings no token (R109)', async () => {
  const answer = await fetch(`${app.origin}/guardian/made-up/code`, {
    method: 'POST',
    body: new URLSearchParams(),
  })
  expect(answer.status).toBe(403)
})

test('the jobs of the background know of confirmations and lists', async () => {
  const background = startBackground(app.house)
  await background.stop()
  expect(app.house.recording.exclusion.lists).toEqual([])
})
