import { formsOf, type HtmlForm, refreshOf } from './html-form.ts'
import { form, formType, type Http, type HttpAnswer } from './http.ts'
import { answerWith, type Passkey } from './passkey.ts'

const maxSteps = 25
let visitors = 0

/**
 * Every visitor comes from a network of their own, as they do behind a balancer: the house counts sign-ins per network,
 * and a thousand of them from one address would rightly be turned away. 2001:db8::/32 belongs to nobody (RFC 3849).
 */
const nextNetwork = () => {
  visitors = (visitors + 1) % 0xffff_ffff
  return `2001:db8:${(visitors & 0xffff).toString(16)}:${(visitors >>> 16).toString(16)}::1`
}

/** A person's browser: cookies, redirects, forms sent as they came but for what the person types. */
export class Browser {
  readonly #http: Http
  readonly #cookies = new Map<string, string>()
  readonly #network = nextNetwork()

  constructor(http: Http) {
    this.#http = http
  }

  /** The engine's session and everything of the way to it, as when it expired; the browser stays a known one. */
  endSession(): void {
    for (const name of [...this.#cookies.keys()]) {
      if (/session|interaction|resume|flow/.test(name)) this.#cookies.delete(name)
    }
  }

  /** One request, without following where it points. */
  async request(
    where: string,
    fields?: Readonly<Record<string, string>>,
    more: Readonly<Record<string, string>> = {},
  ): Promise<HttpAnswer> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = {
      accept: 'text/html',
      'x-forwarded-for': this.#network,
      ...more,
      ...(cookie === '' ? {} : { cookie }),
      ...(fields === undefined
        ? {}
        : {
            ...formType,
            origin: this.#http.origin,
            'sec-fetch-site': 'same-origin',
            'sec-fetch-mode': 'navigate',
          }),
    }
    const answer = await this.#http.send(
      where,
      fields === undefined ? { headers } : { method: 'POST', headers, body: form(fields) },
    )
    for (const line of answer.setCookies) this.#keep(line)
    return answer
  }

  #keep(line: string): void {
    const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? []
    if (name === undefined) return
    if (value === '' || /;\s*max-age=0\b/i.test(line) || /expires=Thu, 01 Jan 1970/i.test(line))
      this.#cookies.delete(name)
    else this.#cookies.set(name, value ?? '')
  }

  /**
   * Goes on from an address, answering with the passkey where there is one and else typing into the first form with a known
   * field left empty, until something points to `destination`; answers with that address. What is only offered (a passkey, in a new browser) is declined. Any other
   * page is an error: either the person was refused, or the flow is not the one that was to be measured.
   */
  async walk(
    from: string,
    destination: string,
    typed: Readonly<Record<string, string>>,
    passkey?: Passkey,
  ): Promise<URL> {
    let where = from
    let fields: Readonly<Record<string, string>> | undefined
    for (let step = 0; step < maxSteps; step += 1) {
      const answer = await this.request(where, fields)
      const here = new URL(where, this.#http.origin)
      fields = undefined
      const next = answer.location ?? (answer.status === 200 ? refreshOf(answer.text) : undefined)
      if (next !== undefined) {
        const url = new URL(next, here)
        if (url.href.startsWith(destination)) return url
        if (url.origin !== this.#http.origin) throw new Error(`the flow left for ${url.origin}`)
        where = url.href
        continue
      }
      if (answer.status !== 200) throw new Error(`${here.pathname} answered ${answer.status}`)
      const forms = formsOf(answer.text)
      const ceremony = forms.find(({ passkeyOptions }) => passkeyOptions !== undefined)
      if (passkey !== undefined && ceremony !== undefined) {
        fields = { ...ceremony.fields, response: await this.#answer(ceremony, here, passkey) }
        where = new URL(ceremony.action || here.href, here).href
        continue
      }
      const asked =
        forms.find((one) => Object.keys(typed).some((name) => one.fields[name] === '')) ??
        forms.find((one) => one.action.endsWith('/skip'))
      if (asked === undefined) throw new Error(`${here.pathname} asks for something the bench does not know`)
      const known = Object.entries(typed).filter(([name]) => name in asked.fields)
      fields = { ...asked.fields, ...Object.fromEntries(known) }
      where = new URL(asked.action || here.href, here).href
    }
    throw new Error(`no end after ${maxSteps} steps`)
  }

  /** What the page's script does: asks for the options, and has the authenticator sign them. */
  async #answer({ passkeyOptions = '', fields }: HtmlForm, here: URL, passkey: Passkey): Promise<string> {
    const token = { 'x-csrf-token': fields['_csrf'] ?? '' }
    const answer = await this.request(new URL(passkeyOptions, here).href, {}, token)
    if (answer.status !== 200) throw new Error(`the passkey options answered ${answer.status}`)
    return answerWith(passkey, JSON.parse(answer.text), this.#http.origin)
  }
}
