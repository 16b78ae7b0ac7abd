import { afterAll, beforeAll, expect, test } from 'vitest'
import { matrix } from '../authorization-matrix.ts'
import { browserToken, knock, staffCookie } from '../matrix-visitor.ts'
import { type Console, startConsole } from './console-app.ts'

let house: Console
beforeAll(async () => {
  house = await startConsole()
})
afterAll(() => house.stop())

const kinds = ['anonymous', 'admin', 'dpo', 'agent', 'store-manager', 'store-staff'] as const

test('every route of the console answers each role as the matrix says (R103)', async () => {
  const browser = await browserToken(house.origin)
  const { enrolmentToken } = await house.hire('ana', { role: 'agent', touchpointId: undefined })
  for (const route of house.channel.routes) {
    for (const kind of kinds) {
      const headers = kind === 'anonymous' ? {} : await staffCookie(house.owner, kind)
      const path = route.path.startsWith('/staff/enrol')
        ? `${route.path}?token=${enrolmentToken}`
        : route.path
      const got = await knock(house.origin, route, path, headers, browser)
      expect({ route: route.name, kind, got }).toEqual({
        route: route.name,
        kind,
        got: matrix[route.name]?.[kind],
      })
    }
  }
})
