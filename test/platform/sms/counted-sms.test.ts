import { expect, it } from 'vitest'
import { smsGateway } from '../../../src/compose/sms.ts'
import { systemEntropy } from '../../../src/platform/crypto/index.ts'
import { createLog, createMetrics } from '../../../src/platform/log/index.ts'

const norte = {
  url: new URL('https://sms.example/messages'),
  token: 'token-of-the-gateway',
  sender: 'TiendaNorte',
  countries: ['ES'],
}
const ana = { to: '+34600111222', text: 'Confirma', kind: 'confirm-consent' }

/** Text messages of Tienda Norte, over a gateway that answers so. */
function openTexts(answer: () => Response, production = true) {
  const sms = production ? norte : undefined
  const metrics = createMetrics({ process: false })
  const lines: string[] = []
  const parts = {
    metrics,
    log: createLog({ level: 'error', destination: { write: (line) => void lines.push(line) } }),
    entropy: systemEntropy,
    limiter: { consume: async () => undefined },
    egress: { fetch: async () => answer() },
  }
  const gateway = smsGateway({ sms, production }, parts, { send: async () => undefined })
  return {
    send: async (message = ana) => gateway?.send(message),
    counted: async () => (await metrics.expose()).body.split('\n').filter((line) => /^placet_sms/.test(line)),
    log: () => lines.join(''),
  }
}

it('counts the text messages that left and those that did not, by their kind and never by whom they were for', async () => {
  let up = true
  const texts = openTexts(() => (up ? Response.json({ id: 'm-1' }) : new Response('', { status: 500 })))
  await texts.send()
  await texts.send()
  up = false
  await expect(texts.send()).rejects.toMatchObject({ code: 'sms-not-sent' })
  await expect(texts.send({ ...ana, to: '+447400123456' })).rejects.toMatchObject({ code: 'sms-country' })
  expect(await texts.counted()).toEqual([
    'placet_sms_total{kind="confirm-consent",outcome="sent"} 2',
    'placet_sms_total{kind="confirm-consent",outcome="failed"} 2',
  ])
  expect(texts.log()).not.toContain('600111222')
})

it('counts those of a house that is tried out as well, which go to the outbox', async () => {
  const texts = openTexts(() => expect.fail('nothing goes out'), false)
  await texts.send()
  expect(await texts.counted()).toEqual(['placet_sms_total{kind="confirm-consent",outcome="sent"} 1'])
})
