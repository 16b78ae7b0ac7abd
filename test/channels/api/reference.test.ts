import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { operationId, templateOf } from '../../../src/channels/api/openapi.ts'
import { operations } from '../../../src/channels/api/operations.ts'
import { type ApiHouse, startApiHouse } from './api-house.ts'

let norte: ApiHouse

beforeAll(async () => {
  norte = await startApiHouse()
})
afterAll(() => norte?.close())

describe('The reference', () => {
  const page = async (path: string, language = 'es') => {
    const answer = await fetch(`${norte.app.origin}${path}`, {
      headers: { accept: 'text/html', 'accept-language': language },
    })
    return { status: answer.status, text: await answer.text() }
  }

  test('is served by the product, with an anchor for each operation', async () => {
    const { status, text } = await page('/docs/api')
    expect(status).toBe(200)
    for (const one of operations) {
      expect(text).toContain(`id="${operationId(one.name)}"`)
      expect(text).toContain(templateOf(one.path))
    }
    expect(JSON.parse((await page('/docs/api/openapi.json')).text).openapi).toBe('3.1.0')
  })

  test('explains every code where the type of a problem leads', async () => {
    const { body } = await norte.ask(undefined, 'GET', '/api/v1/purposes')
    const { pathname } = new URL(body['type'])
    const told = await page(pathname)
    expect(told.status).toBe(200)
    expect(told.text).toContain('token-needed')
    expect((await page('/problems/link-expired')).text).toContain('Este enlace ya no vale.')
    expect((await page('/problems/no-such-code')).status).toBe(404)
    expect((await page('/problems/constructor')).status).toBe(404)
    expect((await page('/problems')).text).toContain('href="/problems/cursor-gone"')
  })
})
