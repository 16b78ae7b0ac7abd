import { type Reply, type SampleRequest, type SampleServer, serveSample } from '../sample/sample-server.ts'
import { askPlacet, type Placet, Refused, type Shown } from './ask-placet.ts'
import { type CustomerScreen, type TillView, tillPage } from './pages.tsx'

export interface TillOptions {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  readonly origin: string
  readonly port: number
  /** In place of a scanner: what stands on the screen of one of these customers at this moment. */
  readonly scanner?: {
    readonly screens: readonly CustomerScreen[]
    readonly read: (key: string) => Promise<string>
  }
}

type News = Omit<TillView, 'language' | 'screens'>

async function lookUp(placet: Placet, shown: Shown, kept: News = {}): Promise<News> {
  try {
    return { ...('card' in shown ? { card: shown.card } : {}), seen: await placet.lookUp(shown) }
  } catch (error) {
    return { ...kept, problem: error instanceof Refused ? error.code : 'no-answer' }
  }
}

async function sendCode(placet: Placet, card: string): Promise<News> {
  try {
    return { card, ref: await placet.sendCode(card) }
  } catch (error) {
    return { card, problem: error instanceof Refused ? error.code : 'no-answer' }
  }
}

/** What a press comes to. The answer is shown once, in the page it makes: a till remembers nobody. */
async function newsOf(
  placet: Placet,
  scanner: TillOptions['scanner'],
  { url, form }: SampleRequest,
): Promise<News | undefined> {
  const said = await form()
  const field = (name: string) => (said.get(name) ?? '').trim()
  const card = field('card')
  switch (url.pathname) {
    case '/card':
      return field('do') === 'send' ? sendCode(placet, card) : lookUp(placet, { card }, { card })
    case '/code':
      return lookUp(placet, { code: field('code') })
    case '/screen':
      return scanner && lookUp(placet, { code: await scanner.read(field('screen')) })
    case '/check': {
      const ref = field('ref')
      return lookUp(placet, { card, ref, one_time_code: field('one_time_code') }, { card, ref })
    }
    default:
      return undefined
  }
}

/** A till as a client of the API: registered at its terminal, it may ask about whoever stands there, and about nobody else. */
export async function startTill(options: TillOptions): Promise<SampleServer> {
  const placet = await askPlacet(options)
  const { scanner } = options
  const { screens = [] } = scanner ?? {}
  return serveSample(options.origin, options.port, async (request): Promise<Reply> => {
    const { method, url, language } = request
    if (method === 'GET' && url.pathname === '/') return { html: tillPage({ language, screens }) }
    // The other language of a page that came of a press: what it showed is not kept anywhere.
    if (method === 'GET') return { location: '/' }
    const news = method === 'POST' ? await newsOf(placet, scanner, request) : undefined
    if (news === undefined) return { status: 404, text: 'Not found' }
    return { html: tillPage({ language, screens, ...news }) }
  })
}
