import { parseArgs } from 'node:util'
import { startNewsletter } from './start-newsletter.ts'

/** Runs the sample mailing system against any Placet; its client must be registered for a marketing purpose. */
const { values } = parseArgs({
  options: {
    issuer: { type: 'string' },
    'client-id': { type: 'string' },
    'client-secret': { type: 'string' },
    origin: { type: 'string', default: 'http://newsletter.localhost:4402' },
    port: { type: 'string', default: '4402' },
  },
})

const need = (name: 'issuer' | 'client-id' | 'client-secret'): string => {
  const value = values[name]
  if (value === undefined) throw new Error(`--${name} is needed`)
  return value
}

const issuer = need('issuer')
await startNewsletter({
  issuer,
  clientId: need('client-id'),
  clientSecret: need('client-secret'),
  origin: values.origin,
  port: Number(values.port),
  privacyCentre: `${issuer}/privacy`,
})
process.stdout.write(`The sample mailing system is at ${values.origin}\n`)
