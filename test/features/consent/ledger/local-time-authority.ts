import { execFile } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { promisify } from 'node:util'

const run = promisify(execFile)

const settingsFor = (use: string) => `
[tsa]
default_tsa = here
[here]
serial = ./serial
crypto_device = builtin
signer_digest = sha256
default_policy = 1.3.6.1.4.1.99999.1
digests = sha256
accuracy = secs:1
ess_cert_id_alg = sha256
[req]
distinguished_name = name
x509_extensions = use
prompt = no
[name]
CN = Local time authority for tests
[use]
extendedKeyUsage = critical,${use}
keyUsage = critical,digitalSignature
basicConstraints = CA:FALSE
[ca]
keyUsage = critical,keyCertSign
basicConstraints = critical,CA:TRUE
`

export type Answer = (query: Buffer, honest: (query: Buffer) => Promise<Buffer>) => Promise<Buffer | number>

/**
 * A time authority of our own on OpenSSL's `ts`, over HTTP as RFC 3161 3.4 has it. `answer` may lie in its place. Its
 * certificate is its own, or `certified` by another, and for `use`.
 */
export async function startTimeAuthority(
  answer: Answer = (query, honest) => honest(query),
  { use = 'timeStamping', certified = false }: { readonly use?: string; readonly certified?: boolean } = {},
) {
  const folder = await mkdtemp(join(tmpdir(), 'placet-tsa-'))
  const openssl = (...args: readonly string[]) => run('openssl', [...args], { cwd: folder })
  await writeFile(join(folder, 'tsa.cnf'), settingsFor(use))
  await writeFile(join(folder, 'serial'), '01\n')
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-config', 'tsa.cnf']
  const ca = ['-subj', '/CN=Local root for tests', '-extensions', 'ca']
  await openssl(
    ...['req', '-x509', ...newKey, '-days', '30', ...(certified ? ca : [])],
    ...['-keyout', certified ? 'root-key.pem' : 'key.pem', '-out', 'root.pem'],
  )
  if (certified) {
    await openssl('req', ...newKey, '-keyout', 'key.pem', '-out', 'cert.csr')
    await openssl(
      ...['x509', '-req', '-in', 'cert.csr', '-CA', 'root.pem', '-CAkey', 'root-key.pem', '-CAcreateserial'],
      ...['-days', '30', '-extfile', 'tsa.cnf', '-extensions', 'use', '-out', 'cert.pem'],
    )
  } else await copyFile(join(folder, 'root.pem'), join(folder, 'cert.pem'))
  const honest = async (query: Buffer): Promise<Buffer> => {
    await writeFile(join(folder, 'query.tsq'), query)
    await openssl(
      ...['ts', '-reply', '-queryfile', 'query.tsq', '-config', 'tsa.cnf', '-section', 'here'],
      ...['-signer', 'cert.pem', '-inkey', 'key.pem', '-out', 'reply.tsr'],
    )
    return readFile(join(folder, 'reply.tsr'))
  }
  const server = createServer(async (request, response) => {
    const said = await answer(await buffer(request), honest)
    if (typeof said === 'number') return void response.writeHead(said).end()
    response.writeHead(200, { 'content-type': 'application/timestamp-reply' }).end(said)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`),
    /** What somebody configures who takes its word. */
    trust: { certificates: [new X509Certificate(await readFile(join(folder, 'root.pem')))] },
    key: await readFile(join(folder, 'key.pem'), 'utf8'),
    certificate: new X509Certificate(await readFile(join(folder, 'cert.pem'))),
    /** What OpenSSL says of a token, signature and all: its exit code is the verdict. */
    verify: async (token: Uint8Array, digest: Uint8Array): Promise<boolean> => {
      await writeFile(join(folder, 'token.tsr'), token)
      return openssl(
        ...['ts', '-verify', '-in', 'token.tsr', '-digest', Buffer.from(digest).toString('hex')],
        ...['-CAfile', 'root.pem'],
      ).then(
        () => true,
        () => false,
      )
    },
    close: async () => {
      await new Promise((resolve) => server.close(resolve))
      await rm(folder, { recursive: true, force: true })
    },
  }
}
