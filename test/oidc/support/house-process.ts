import { parseArgs } from 'node:util'
import type { RotationPolicy } from '../../../src/platform/crypto/index.ts'
import type { DatabaseConnection } from '../../../src/platform/db/connection.ts'
import { openHouse } from './house.ts'

/*
 * A provider in a process of its own, for tests that need two of them on one database. Prints its port as the first
 * line, and ends when its standard input does.
 */
const { values } = parseArgs({
  options: {
    connection: { type: 'string' },
    issuer: { type: 'string' },
    rotation: { type: 'string' },
    poll: { type: 'string', default: '200' },
  },
})
const connection = JSON.parse(values.connection ?? '') as DatabaseConnection
const rotation = values.rotation === undefined ? undefined : (JSON.parse(values.rotation) as RotationPolicy)
const house = await openHouse(connection, {
  ...(values.issuer === undefined ? {} : { issuer: values.issuer }),
  ...(rotation === undefined ? {} : { rotation }),
  pollMs: Number(values.poll),
})
process.stdout.write(`${new URL(house.origin).port}\n`)
process.stdin.on('end', () => {
  void house.close().then(() => process.exit(0))
})
process.stdin.resume()
