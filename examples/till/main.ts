import { parseArgs } from 'node:util'
import { startTill } from './start-till.ts'

/** Runs the sample till against any Placet; its client must be registered at a terminal of a store (`touchpoint`). */
const { values } = parseArgs({
  options: {
    issuer: { type: 'string' },
    'client-id': { type: 'string' },
    'client-secret': { type: 'string' },
    origin: { type: 'string', default: 'http://till.localhost:4404' },
    port: { type: 'string', default: '4404' },
  },
})

const need = (name: 'issuer' | 'client-id' | 'client-secret'): string => {
  const value = values[name]
  if (value === undefined) throw new Error(`--${name} is needed`)
  return value
}

await startTill({
  issuer: need('issuer'),
  clientId: need('client-id'),
  clientSecret: need('client-secret'),
  origin: values.origin,
  port: Number(values.port),
})
process.stdout.write(`The sample till is at ${values.origin}\n`)
