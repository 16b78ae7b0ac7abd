import { load } from 'cheerio'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { commandHouse } from '../../../src/compose/command-house.ts'
import type { StaffRole } from '../../../src/kernel/actor.ts'
import { openLane } from '../../../src/platform/db/lanes.ts'
import { enrol, isKnown } from '../../house/enrolling.ts'
import { makeKey } from '../../oidc/support/keys.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { staffCookie } from '../matrix-visitor.ts'
import { openBrowser } from './console-app.ts'

let app: TestApp
let owner: ReturnType<typeof openLane>
beforeAll(async () => {
  app = await startTestApp({ environment: { PLACET_TRUSTED_PROXIES: '127.0.0.1' } })
  owner = openLane(app.database.connection, 'pages', 1)
}, 60_000)
afterAll(async () => {
  await owner?.destroy()
  await app?.close()
})

/** Somebody at work, whose role holds at one place or everywhere. */
async function atWork(role: StaffRole, at?: string) {
  const { cookie = '' } = await staffCookie(owner, role)
  const [, token = ''] = cookie.split('=')
  if (at !== undefined) {
    await owner.raw(
      'update staff_roles set touchpoint_id = ? where role = ? and staff_id = (select max(staff_id::text)::uuid from staff_roles where role = ?)',
      [at, role, role],
    )
  }
  const browser = openBrowser(app.origin)
  browser.cookies.set('placet_staff', token)
  await browser.open('/staff/touchpoints')
  return browser
}

const linksOf = (html: string) =>
  load(html)('.tree a')
    .toArray()
    .map((link) => load(html)(link).attr('href')?.split('/').at(-1))

describe('the pages of touchpoints', () => {
  test('Carmen builds the tree, and is told at the field what cannot stand where', async () => {
    const carmen = await atWork('admin')
    const add = (fields: Record<string, string>) => carmen.submit('/staff/touchpoints', fields)
    expect(await add({ id: 'norte', kind: 'brand', name: 'Tienda Norte' })).toMatchObject({
      status: 303,
      location: '/staff/touchpoints/norte?done=added',
    })
    await add({
      id: 'gran-via',
      kind: 'store',
      parent: 'norte',
      name: 'Gran Vía',
      networks: '198.51.100.0/24',
    })
    await add({ id: 'gran-via-1', kind: 'terminal', parent: 'gran-via', name: 'Quiosco 1' })
    await add({ id: 'vigo', kind: 'store', parent: 'norte', name: 'Vigo', city: 'Vigo' })
    await add({ id: 'vigo-1', kind: 'terminal', parent: 'vigo', name: 'Quiosco 1' })
    const misplaced = await add({ id: 'suelto', kind: 'terminal', parent: 'norte', name: 'Suelto' })
    expect(misplaced.status).toBe(422)
    expect(load(misplaced.text)('#parent-error').text()).toContain('ahí no puede estar')
    expect(load(misplaced.text)('#name').attr('value')).toBe('Suelto')
    const taken = await add({ id: 'vigo', kind: 'store', parent: 'norte', name: 'Otra' })
    expect(load(taken.text)('#id-error').text()).toContain('Elige otro código')
    const page = await carmen.open('/staff/touchpoints')
    expect(linksOf(page.text)).toEqual(['norte', 'gran-via', 'gran-via-1', 'vigo', 'vigo-1'])
    expect((await carmen.open('/staff')).text).toContain('href="/staff/touchpoints"')
  })

  test('a change keeps what a terminal inherits as its store’s, and not as its own', async () => {
    const carmen = await atWork('admin')
    const page = load((await carmen.open('/staff/touchpoints/gran-via-1')).text)
    expect(page('main').text()).toContain('198.51.100.0/24')
    expect(page('#networks').attr('value')).toBe('')
    await carmen.submit('/staff/touchpoints/gran-via-1', { name: 'Quiosco de la entrada', networks: '' })
    expect(app.house.touchpoints.own('gran-via-1')).toEqual([])
    const wrong = await carmen.submit('/staff/touchpoints/gran-via-1', { name: ' ', networks: 'la de casa' })
    expect(wrong.status).toBe(422)
    expect(load(wrong.text)('#networks').attr('value')).toBe('la de casa')
  })

  test('Bruno, who runs Gran Vía, sees it alone, and brings its kiosk into service with a code shown once', async () => {
    const bruno = await atWork('store-manager', 'gran-via')
    const page = await bruno.open('/staff/touchpoints')
    expect(linksOf(page.text)).toEqual(['gran-via', 'gran-via-1'])
    expect(load(page.text)('form[action="/staff/touchpoints"]')).toHaveLength(0)
    expect((await bruno.open('/staff/touchpoints/vigo-1')).status).toBe(404)
    expect((await bruno.submit('/staff/touchpoints/vigo-1/code', {})).status).toBe(403)
    expect((await bruno.submit('/staff/touchpoints/vigo/revoke', { revoke_reason: 'No.' })).status).toBe(403)
    expect((await bruno.submit('/staff/touchpoints/gran-via/close', { close_reason: 'No.' })).status).toBe(
      403,
    )

    await bruno.open('/staff/touchpoints/gran-via-1')
    const shown = await bruno.submit('/staff/touchpoints/gran-via-1/code', {})
    expect(shown.status).toBe(200)
    const code = load(shown.text)('.big-code').text()
    expect((await bruno.open('/staff/touchpoints/gran-via-1')).text).not.toContain(code)
    const key = await makeKey()
    expect((await enrol(app, { code, key, from: '198.51.100.7' })).status).toBe(201)
    const at = load((await bruno.open('/staff/touchpoints/gran-via-1')).text)('main').text()
    expect(at).toContain('En servicio')
    expect(at).toContain(key.thumbprint)

    const silent = await bruno.submit('/staff/touchpoints/gran-via-1/revoke', { revoke_reason: ' ' })
    expect(silent.status).toBe(422)
    const revoked = await bruno.submit('/staff/touchpoints/gran-via-1/revoke', { revoke_reason: 'Robado.' })
    expect(revoked).toMatchObject({ status: 303, location: '/staff/touchpoints/gran-via-1?done=revoked' })
    expect(await isKnown(app, key, 'terminal:gran-via-1')).toBe(false)
    const [line] = await owner('audit_entries').where('entry', 'like', '%terminal-revoked%')
    expect(JSON.parse(line.entry)).toMatchObject({ reason: 'Robado.', touchpoint: 'gran-via' })
  })

  test('a store that closes takes its kiosks along, and only its page is left to look at', async () => {
    const carmen = await atWork('admin')
    await carmen.open('/staff/touchpoints/vigo')
    const closed = await carmen.submit('/staff/touchpoints/vigo/close', { close_reason: 'Fin del alquiler.' })
    expect(closed).toMatchObject({ status: 303, location: '/staff/touchpoints/vigo?done=closed' })
    const page = load((await carmen.open('/staff/touchpoints/vigo-1')).text)
    expect(page('main').text()).toContain('Está cerrado para siempre')
    expect(page('main form')).toHaveLength(0)
    await expect(commandHouse(app.house).terminals.code('vigo-1')).rejects.toMatchObject({
      code: 'touchpoint-closed',
    })
  })
})
