import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openCommandHouse } from '../../src/compose.ts'
import { publishedSecret } from '../../src/platform/config/index.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { placet, urlOf } from './run-placet.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
}, 60_000)
afterAll(() => app?.close())

const run = (...args: readonly string[]) =>
  placet(args, {
    env: {
      NODE_ENV: 'test',
      PLACET_ISSUER: app.origin,
      PLACET_KEK: publishedSecret('placet test kek'),
      PLACET_SECRET: publishedSecret('placet test secret'),
      PLACET_BRAND: 'Tienda Norte',
      PLACET_CONTROLLER: 'Comercial Norte, S. L.',
      DATABASE_URL: urlOf(app.database.appConnection),
    },
    openHouse: openCommandHouse,
  })

describe('placet touchpoint and placet terminal', () => {
  test('build a tree, bring a kiosk to the point of being enrolled, and close it', async () => {
    expect((await run('touchpoint', 'add', 'norte', '--kind', 'brand', '--name', 'Tienda Norte')).code).toBe(
      0,
    )
    const store = ['--kind', 'store', '--name', 'Gran Vía', '--parent', 'norte', '--city', 'Madrid']
    expect((await run('touchpoint', 'add', 'gran-via', ...store, '--network', '10.20.0.0/16')).code).toBe(0)
    const kiosk = ['--kind', 'terminal', '--name', 'Quiosco 1', '--parent', 'gran-via']
    expect((await run('touchpoint', 'add', 'gran-via-1', ...kiosk)).code).toBe(0)
    expect((await run('touchpoint', 'change', 'gran-via', '--any-network')).code).toBe(0)
    expect((await run('touchpoint', 'list')).out).toBe(
      [
        'norte\tbrand\topen\tTienda Norte',
        '  gran-via\tstore\topen\tGran Vía (Madrid)',
        '    gran-via-1\tterminal\topen\tQuiosco 1',
        '',
      ].join('\n'),
    )
    const code = await run('terminal', 'code', 'gran-via-1')
    expect(code.out).toMatch(/^([B-Z]{4}-){2}[B-Z]{4}\n$/)
    expect(code.err).toContain('it works once, until')
    expect((await run('terminal', 'list', '--json')).json()).toEqual([])
    expect((await run('terminal', 'revoke', '--all', '--reason', 'Simulacro.', '--json')).json()).toEqual({
      revoked: [],
    })
    expect((await run('touchpoint', 'report', '--json')).json()).toEqual([])
    expect((await run('touchpoint', 'close', 'norte', '--reason', 'Fin.')).out).toBe(
      'norte\ngran-via\ngran-via-1\n',
    )
  })

  test('say what is wrong, and what to do', async () => {
    const odd = await run('touchpoint', 'add', 'suelto', '--kind', 'terminal', '--name', 'Suelto')
    expect(odd).toMatchObject({ code: 1 })
    expect(odd.err).toContain('A terminal does not stand by itself.')
    expect((await run('touchpoint', 'add', 'x1', '--kind', 'shop', '--name', 'X')).code).toBe(2)
    expect((await run('terminal', 'revoke', '--reason', 'Sin decir cuál.')).code).toBe(2)
    expect((await run('terminal', 'code', 'nowhere')).err).toContain('There is no such touchpoint.')
  })
})
