import { request as httpRequest, type IncomingMessage } from 'node:http'
import { load } from 'cheerio'

export interface Page {
  readonly status: number
  readonly path: string
  readonly location: string | undefined
  readonly headers: Readonly<Record<string, unknown>>
  readonly cookies: readonly string[]
  readonly text: string
  /** The `<h1>`, which is the question. */
  readonly title: string
  readonly errors: readonly string[]
}

/** A browser as far as forms go: cookies, the token of the page it is on, and the headers browsers send. */
export class Browser {
  readonly jar = new Map<string, string>()
  readonly #port: number
  readonly #address: string
  #csrf = ''

  constructor(port: number, address: string) {
    this.#port = port
    this.#address = address
  }

  /** Comes from the engine with an interaction. */
  async enter(uid: string): Promise<Page> {
    this.jar.set('engine', uid)
    return this.open(`/sign-in/${uid}`)
  }

  /** Opens a page and follows where it leads, as long as that is one of ours. */
  async open(path: string): Promise<Page> {
    return this.#follow(await this.#send('GET', path, { accept: 'text/html' }))
  }

  /** Sends a form and follows. */
  async submit(path: string, fields: Readonly<Record<string, string>> = {}): Promise<Page> {
    return this.#follow(await this.post(path, fields))
  }

  /** Sends a form and stays where the answer is. */
  post(path: string, fields: Readonly<Record<string, string>> = {}): Promise<Page> {
    const body = new URLSearchParams({ _csrf: this.#csrf, ...fields }).toString()
    return this.#send(
      'POST',
      path,
      { accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' },
      body,
    )
  }

  /** What the page's script does before a ceremony. */
  async fetchOptions<Options>(
    path: string,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Options> {
    const page = await this.#send('POST', path, {
      accept: 'application/json',
      'x-csrf-token': this.#csrf,
      ...headers,
    })
    if (page.status !== 200) throw new Error(`options answered ${page.status}`)
    return JSON.parse(page.text)
  }

  /** Another browser with what this one has in its jar, as a thief of cookies would have. */
  copy(names: readonly string[]): Browser {
    const other = new Browser(this.#port, this.#address)
    for (const [name, value] of this.jar)
      if (names.some((one) => name.startsWith(one))) other.jar.set(name, value)
    return other
  }

  async #follow(page: Page): Promise<Page> {
    const own = `http://localhost:${this.#port}`
    let at = page
    for (let hop = 0; hop < 8; hop += 1) {
      const next = at.location?.startsWith(`${own}/`) ? at.location.slice(own.length) : at.location
      if (next === undefined || next.startsWith('/engine/') || !next.startsWith('/')) return at
      at = await this.#send('GET', next, { accept: 'text/html' })
    }
    throw new Error(`${page.path} leads in circles`)
  }

  #send(
    method: string,
    path: string,
    headers: Readonly<Record<string, string>>,
    body?: string,
  ): Promise<Page> {
    return new Promise((resolve, reject) => {
      const sent = httpRequest(
        {
          host: '127.0.0.1',
          port: this.#port,
          method,
          path,
          agent: false,
          headers: {
            host: `localhost:${this.#port}`,
            'user-agent': 'Mozilla/5.0 (X11; Linux) Firefox/140.0',
            'accept-language': 'es',
            'x-forwarded-for': this.#address,
            cookie: [...this.jar].map(([name, value]) => `${name}=${value}`).join('; '),
            ...(method === 'POST'
              ? { origin: `http://localhost:${this.#port}`, 'sec-fetch-site': 'same-origin' }
              : {}),
            ...headers,
          },
        },
        (res) => {
          const chunks: Buffer[] = []
          res.on('data', (chunk: Buffer) => chunks.push(chunk))
          res.on('end', () => resolve(this.#read(path, res, Buffer.concat(chunks).toString('utf8'))))
        },
      )
      sent.on('error', reject)
      sent.end(body)
    })
  }

  #read(path: string, res: IncomingMessage, text: string): Page {
    const cookies = res.headers['set-cookie'] ?? []
    for (const cookie of cookies) {
      const [pair = ''] = cookie.split(';')
      const at = pair.indexOf('=')
      if (/max-age=0/i.test(cookie)) this.jar.delete(pair.slice(0, at))
      else this.jar.set(pair.slice(0, at), pair.slice(at + 1))
    }
    const document = load(text)
    const token = document('input[name="_csrf"]').first().attr('value')
    if (token !== undefined) this.#csrf = token
    return {
      status: res.statusCode ?? 0,
      path,
      location: res.headers.location,
      headers: res.headers,
      cookies,
      text,
      title: document('h1').first().text().trim(),
      errors: document('#error-summary li')
        .map((_, item) => document(item).text().trim())
        .get(),
    }
  }
}
