/** What the outbox shows of a message. */
export interface MailContent {
  readonly subject: string
  readonly kind: string
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
  readonly html: string
}

/**
 * Reads the messages this project sends, not mail at large: text and HTML parts in UTF-8, quoted-printable, base64 or
 * plain, multiparts nested. `raw` holds one character per byte.
 */
export function readMail(raw: string): MailContent {
  const { headers, body } = split(raw)
  const parts = leaves(headers, body)
  const part = (type: string) => parts.find((one) => one.type === type)?.content ?? ''
  return {
    subject: decodeWords(headers['subject'] ?? ''),
    kind: headers['x-placet-kind'] ?? '',
    headers,
    text: part('text/plain'),
    html: part('text/html'),
  }
}

function split(raw: string): { headers: Record<string, string>; body: string } {
  const end = raw.search(/\r?\n\r?\n/)
  const head = (end < 0 ? raw : raw.slice(0, end)).replace(/\r?\n[ \t]+/g, ' ')
  const headers: Record<string, string> = {}
  for (const line of head.split(/\r?\n/)) {
    const colon = line.indexOf(':')
    if (colon > 0) headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim()
  }
  return { headers, body: end < 0 ? '' : raw.slice(end).replace(/^\r?\n\r?\n/, '') }
}

function leaves(headers: Record<string, string>, body: string): { type: string; content: string }[] {
  const contentType = headers['content-type'] ?? 'text/plain'
  const boundary = /boundary="?([^";]+)"?/i.exec(contentType)?.[1]
  if (boundary !== undefined) {
    return body
      .split(`--${boundary}`)
      .slice(1)
      .filter((part) => !part.startsWith('--'))
      .flatMap((part) => {
        const inner = split(part.replace(/^\r?\n/, ''))
        return leaves(inner.headers, inner.body.replace(/\r?\n$/, ''))
      })
  }
  const type = (contentType.split(';')[0] ?? '').trim().toLowerCase()
  return [{ type, content: decodeBody(body, headers['content-transfer-encoding'] ?? '7bit') }]
}

function decodeBody(body: string, encoding: string): string {
  const name = encoding.toLowerCase()
  const bytes =
    name === 'base64'
      ? Buffer.from(body, 'base64')
      : Buffer.from(name === 'quoted-printable' ? unquote(body.replace(/=\r?\n/g, '')) : body, 'latin1')
  return bytes.toString('utf8').replaceAll('\r\n', '\n')
}

/** RFC 2047 words, as in `=?UTF-8?Q?C=C3=B3digo?=`; the space between two of them is not part of the text. */
const decodeWords = (text: string): string =>
  text
    .replace(/(\?=)\s+(=\?)/g, '$1$2')
    .replace(/((?:=\?utf-8\?[bq]\?[^?]*\?=)+)/gi, (words) =>
      Buffer.concat(
        [...words.matchAll(/=\?utf-8\?([bq])\?([^?]*)\?=/gi)].map(([, encoding, word = '']) =>
          encoding?.toLowerCase() === 'b'
            ? Buffer.from(word, 'base64')
            : Buffer.from(unquote(word.replaceAll('_', ' ')), 'latin1'),
        ),
      ).toString('utf8'),
    )

const unquote = (text: string): string =>
  text.replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
