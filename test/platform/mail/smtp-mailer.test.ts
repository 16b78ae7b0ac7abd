import { type AddressInfo, connect, createServer } from 'node:net'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type SmtpSink, startSmtpSink } from '../../../demo/outbox/smtp-sink.ts'
import { parseEmailAddress } from '../../../src/features/identity/email-address.ts'
import type { Mailer } from '../../../src/platform/mail/mailer.ts'
import { createSmtpMailer } from '../../../src/platform/mail/smtp-mailer.ts'

let sink: SmtpSink
let mailer: Mailer
const from = { address: 'no-reply@id.example.com', name: 'Placet' }
const code = {
  subject: 'Tu código: 123 456 — ñandú 🦆',
  text: 'Hola, Ana.\n\nTu código es 123 456.\nCaduca en 10 minutos, ¿vale?\n',
  html: `<p>Hola, <b>Ana</b>.</p><p>${'Tu código es 123&nbsp;456. '.repeat(20)}</p>`,
  kind: 'sign-in-code',
}

beforeAll(async () => {
  sink = await startSmtpSink()
  mailer = createSmtpMailer({ url: sink.url, from })
})

afterAll(async () => {
  await mailer.close()
  await sink.close()
})

/** Stands between mailer and sink, and notes what the mailer says. */
async function tap(port: number) {
  let said = ''
  const server = createServer((socket) => {
    const onward = connect(port, '127.0.0.1')
    for (const one of [socket, onward]) one.setNoDelay(true)
    socket.on('data', (chunk) => {
      said += chunk.toString('latin1')
    })
    socket.pipe(onward).pipe(socket)
    socket.on('error', () => onward.destroy())
    onward.on('error', () => socket.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    recipients: () => [...said.matchAll(/^RCPT TO:<(.*)>\r$/gim)].map(([, address]) => address ?? ''),
    close: () => new Promise((resolve) => server.close(resolve)),
  }
}

describe('a message', () => {
  it('arrives as it was written, in both forms, marked as automatic', async () => {
    const waiting = sink.next('ana@example.es')
    await mailer.send({ ...code, to: 'ana@example.es' })
    const mail = await waiting
    expect(mail).toMatchObject({ ...code, from: from.address, recipients: ['ana@example.es'] })
    expect(mail.headers['auto-submitted']).toBe('auto-generated')
    expect(mail.headers['from']).toBe('Placet <no-reply@id.example.com>')
    expect(sink.last('ana@example.es')).toBe(mail)
  })

  it('reaches exactly the stored address, for 500 of them however odd (R119)', async () => {
    const atext = [..."abcXYZ019!#$%&'*+/=?^_`{|}~-"]
    const word = fc
      .array(fc.constantFrom(...atext), { minLength: 1, maxLength: 12 })
      .map((some) => some.join(''))
    const local = fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join('.'))
    const label = fc.constantFrom('example', 'españa', 'münchen', 'a-b', 'x9', 'correo', 'q')
    const typed = fc
      .tuple(local, fc.array(label, { minLength: 1, maxLength: 3 }), fc.constantFrom('es', 'com', 'eus'))
      .map(([name, labels, top]) => `${name}@${labels.join('.')}.${top}`)
    const addresses = fc.sample(typed, 500).map((text) => parseEmailAddress(text) ?? expect.fail(text))
    const wire = await tap(sink.port)
    const tapped = createSmtpMailer({ url: wire.url, from })
    const reached: (readonly string[])[] = []
    const stop = sink.onMessage((mail) => reached.push(mail.recipients))
    for (let at = 0; at < addresses.length; at += 20) {
      await Promise.all(addresses.slice(at, at + 20).map((to) => tapped.send({ ...code, to })))
    }
    stop()
    await tapped.close()
    expect(reached.every((recipients) => recipients.length === 1)).toBe(true)
    expect(reached.flat().toSorted()).toEqual([...addresses].toSorted())
    expect(wire.recipients().toSorted(), 'byte for byte on the wire').toEqual([...addresses].toSorted())
    await wire.close()
    expect(sink.messages.length, 'the outbox keeps the last 200').toBe(200)
  }, 20_000)

  it('goes to nobody when its address is none of ours, and so never reaches the library’s own parser', async () => {
    let seen = 0
    const stop = sink.onMessage(() => {
      seen += 1
    })
    const hostile = [
      '"a@evil.com"@example.es',
      'ana@example.es, eve@evil.com',
      'ana@example.es eve@evil.com',
      'ana@example.es\r\nRCPT TO:<eve@evil.com>',
      'Ana <eve@evil.com>',
      'ana@example.es\n',
      '',
    ]
    for (const to of hostile) {
      await expect(mailer.send({ ...code, to }), to).rejects.toMatchObject({ code: 'mail-address' })
    }
    stop()
    expect(seen).toBe(0)
  })

  it('takes no line break into its headers', async () => {
    const breaking = [
      { ...code, to: 'ana@example.es', subject: 'Hola\r\nBcc: eve@evil.com' },
      { ...code, to: 'ana@example.es', headers: { 'X-Tag': 'a\nBcc: eve@evil.com' } },
      { ...code, to: 'ana@example.es', headers: { 'Bcc: eve@evil.com\r\nX': 'a' } },
    ]
    for (const mail of breaking)
      await expect(mailer.send(mail)).rejects.toMatchObject({ code: 'mail-header' })
  })

  it('tells that it was not sent when nobody listens, and asks for TLS off this machine', async () => {
    const gone = await startSmtpSink()
    await gone.close()
    const lost = createSmtpMailer({ url: gone.url, from })
    await expect(lost.send({ ...code, to: 'ana@example.es' })).rejects.toMatchObject({
      failure: 'unavailable',
      code: 'mail-not-sent',
    })
    await lost.close()
    // 127.0.0.2 is this machine under another name: the sink offers no STARTTLS, so nothing may be sent in clear.
    const clear = createSmtpMailer({ url: sink.url.replace('127.0.0.1', '127.0.0.2'), from })
    await expect(clear.send({ ...code, to: 'bruno@example.es' })).rejects.toMatchObject({
      code: 'mail-not-sent',
    })
    await clear.close()
    expect(sink.last('bruno@example.es')).toBeUndefined()
  })
})
