import { randomBytes } from 'node:crypto'
import { expect, it } from 'vitest'
import { explain } from '../../src/cli/explain-error.ts'
import { publishedSecret } from '../../src/platform/config/index.ts'
import { deriveKeys } from '../../src/platform/crypto/index.ts'
import { openLane } from '../../src/platform/db/lanes.ts'
import { checkSecret } from '../../src/platform/db/secret-mark.ts'
import { startTestApp } from '../support/app.ts'
import { createTestDatabase } from '../support/postgres.ts'

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

it('of processes that start at once on an empty database with the right secret none is refused, with another every one', async () => {
  const database = await createTestDatabase()
  const [owner, lane] = [
    openLane(database.connection, 'owner', 1),
    openLane(database.appConnection, 'test', 8),
  ]
  const [right, wrong] = [deriveKeys([randomBytes(32)]), deriveKeys([randomBytes(32)])]
  const startAll = (keys = right) =>
    Promise.all(
      Array.from({ length: 8 }, () =>
        checkSecret(lane, keys).then(
          () => 'starts',
          (error) => error,
        ),
      ),
    )
  for (let round = 0; round < 10; round += 1) {
    await owner('house_marks').delete()
    expect(new Set(await startAll())).toEqual(new Set(['starts']))
  }
  const refused = await startAll(wrong)
  expect(refused).toMatchObject(Array(8).fill({ code: 'secret-changed' }))
  expect(explain(refused[0]).fix).toMatch(/PLACET_SECRET.*former value/)
  await Promise.all([owner.destroy(), lane.destroy()])
  await database.drop()
})
