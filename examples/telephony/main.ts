import { parseArgs } from 'node:util'
import { telephonySystem } from './announce-call.ts'

/** Announces one call to any Placet and prints the address of the agent's page; its client is one of the house's own. */
const { values } = parseArgs({
  options: {
    issuer: { type: 'string' },
    'client-id': { type: 'string' },
    'client-secret': { type: 'string' },
    agent: { type: 'string' },
    touchpoint: { type: 'string' },
    ani: { type: 'string' },
    language: { type: 'string', default: 'es' },
  },
})

const need = (name: 'issuer' | 'client-id' | 'client-secret' | 'agent' | 'touchpoint'): string => {
  const value = values[name]
  if (value === undefined) throw new Error(`--${name} is needed`)
  return value
}

const system = await telephonySystem({
  issuer: need('issuer'),
  clientId: need('client-id'),
  clientSecret: need('client-secret'),
})
const page = await system.ring({
  agent: need('agent'),
  touchpoint: need('touchpoint'),
  language: values.language === 'en' ? 'en' : 'es',
  ...(values.ani === undefined ? {} : { ani: values.ani }),
})
process.stdout.write(`${page}\n`)
