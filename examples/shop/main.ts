import { parseArgs } from 'node:util'
import { startShop } from './start-shop.ts'

/** Runs the sample shop against any Placet: `node dist/examples/shop/main.js --issuer https://id.example.org …`. */
const { values } = parseArgs({
  options: {
    issuer: { type: 'string' },
    'client-id': { type: 'string' },
    'client-secret': { type: 'string' },
    origin: { type: 'string', default: 'http://shop.localhost:4401' },
    port: { type: 'string', default: '4401' },
  },
})

const need = (name: 'issuer' | 'client-id' | 'client-secret'): string => {
  const value = values[name]
  if (value === undefined) throw new Error(`--${name} is needed`)
  return value
}

const issuer = need('issuer')
await startShop({
  issuer,
  clientId: need('client-id'),
  clientSecret: need('client-secret'),
  origin: values.origin,
  port: Number(values.port),
  links: { privacyCentre: `${issuer}/privacy`, newsletter: '/' },
})
process.stdout.write(`The sample shop is at ${values.origin}\n`)
