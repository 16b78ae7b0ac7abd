import { type AddressInfo, createServer } from 'node:net'

/**
 * Takes mail and forgets it: a sign-in from a new browser sends one, and a house that cannot would be measured at
 * failing. Runs in the process that waits, so that it counts for nobody; speaks just enough SMTP (RFC 5321) to be cheap.
 */
export async function startMailSink(): Promise<{ readonly url: string; close(): void }> {
  const server = createServer((socket) => {
    let rest = ''
    let inMessage = false
    const answer = (line: string): string => {
      if (/^(EHLO|HELO)/i.test(line)) return '250 bench'
      if (/^QUIT/i.test(line)) return '221 bye'
      if (!/^DATA/i.test(line)) return '250 ok'
      inMessage = true
      return '354 go on'
    }
    socket.setEncoding('latin1')
    socket.on('error', () => {})
    socket.on('data', (text: string) => {
      const lines = (rest + text).split('\r\n')
      rest = lines.pop() ?? ''
      for (const line of lines) {
        if (!inMessage) socket.write(`${answer(line)}\r\n`)
        else if (line === '.') {
          inMessage = false
          socket.write('250 taken\r\n')
        }
      }
    })
    socket.write('220 bench\r\n')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  server.unref()
  return {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => void server.close(),
  }
}
