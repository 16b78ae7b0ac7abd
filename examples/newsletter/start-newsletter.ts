import { relyingParty } from '../sample/relying-party.ts'
import { type Reply, type SampleRequest, type SampleServer, serveSample } from '../sample/sample-server.ts'
import { type SubscriberNow, subscribersPage } from './pages.tsx'
import { waysOut } from './way-out.ts'

export interface NewsletterOptions {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  readonly origin: string
  readonly port: number
  readonly privacyCentre: string
}

export interface Newsletter extends SampleServer {
  subscriberCount(): number
}

interface Subscriber {
  accessToken: string
  refreshToken: string | undefined
  expiresAt: number
}

const startedCookie = 'newsletter_sign_in'

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

/**
 * A marketing system as a client: registered for one purpose (`marketing.direct` by e-mail), it keeps a refresh token
 * per subscriber and reads userinfo anew before each use. It stores no claim, so there is nothing to forget. Each letter
 * carries the way out that the API hands over with the permission to write.
 */
export async function startNewsletter(options: NewsletterOptions): Promise<Newsletter> {
  const party = await relyingParty({
    ...options,
    redirectUri: `${options.origin}/callback`,
    scope: 'openid profile email offline_access',
  })
  const wayOut = waysOut(options.issuer, party)
  const subscribers = new Map<string, Subscriber>()

  const askAbout = async (sub: string, subscriber: Subscriber): Promise<SubscriberNow> => {
    const readAt = new Date()
    try {
      if (readAt.getTime() > subscriber.expiresAt && subscriber.refreshToken !== undefined) {
        const fresh = await party.refresh(subscriber.refreshToken)
        subscriber.accessToken = fresh.access_token
        subscriber.refreshToken = fresh.refresh_token ?? subscriber.refreshToken
        subscriber.expiresAt = readAt.getTime() + ((fresh.expires_in ?? 60) - 10) * 1000
      }
      const claims = await party.userinfo(subscriber.accessToken, sub)
      const email = text(claims.email)
      return {
        sub,
        readAt,
        email,
        firstName: text(claims.given_name),
        wayOut: email === undefined ? undefined : await wayOut(sub).catch(() => undefined),
        ended: false,
      }
    } catch {
      return { sub, readAt, email: undefined, firstName: undefined, wayOut: undefined, ended: true }
    }
  }

  /** Whatever does not work out leads back to the list, where nothing has changed. */
  const connect = async ({ url, cookie }: SampleRequest): Promise<Reply> => {
    const back = { location: '/', cookies: [{ name: startedCookie }] }
    if (url.searchParams.has('error')) return back
    const signedIn = await party.comeBack(url, cookie(startedCookie)).catch(() => undefined)
    if (signedIn === undefined) return back
    const { sub, tokens } = signedIn
    subscribers.delete(sub)
    subscribers.set(sub, {
      accessToken: tokens.access_token,
      refreshToken: tokens.refresh_token,
      expiresAt: Date.now() + ((tokens.expires_in ?? 60) - 10) * 1000,
    })
    return back
  }

  const server = await serveSample(options.origin, options.port, async (request) => {
    const { method, url, language } = request
    switch (`${method} ${url.pathname}`) {
      case 'GET /': {
        const now = await Promise.all([...subscribers].map(([sub, subscriber]) => askAbout(sub, subscriber)))
        return {
          html: subscribersPage({
            language,
            subscribers: now.reverse(),
            privacyCentre: options.privacyCentre,
          }),
        }
      }
      case 'GET /connect': {
        const { location, state } = await party.signIn({ ui_locales: language })
        return { location, cookies: [{ name: startedCookie, value: state }] }
      }
      case 'GET /callback':
        return connect(request)
      default:
        return { status: 404, text: 'Not found' }
    }
  })
  return { ...server, subscriberCount: () => subscribers.size }
}
