import { randomBytes } from 'node:crypto'
import { expect, it } from 'vitest'
import { publishedSecret } from '../../src/platform/config/index.ts'
import { startTestApp } from '../support/app.ts'

it('a process with another master secret refuses to start, and one with the secret rotated starts (R120)', async () => {
  const app = await startTestApp()
  try {
    const other = randomBytes(32).toString('base64')
    await expect(startTestApp({ beside: app, environment: { PLACET_SECRET: other } })).rejects.toMatchObject({
      code: 'secret-changed',
    })
    const rotated = `${other},${publishedSecret('placet test secret')}`
    const second = await startTestApp({ beside: app, environment: { PLACET_SECRET: rotated } })
    await second.close()
  } finally {
    await app.close()
  }
})
