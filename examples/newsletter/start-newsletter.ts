import { relyingParty } from '../sample/relying-party.ts'
import { type SampleServer, serveSample } from '../sample/sample-server.ts'
import { type SubscriberNow, subscribersPage } from './pages.tsx'

export interface NewsletterOptions {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  readonly origin: string
  readonly port: number
  readonly privacyCentre: string
}

interface Subscriber {
  accessToken: string
  refreshToken: string | undefined
  expiresAt: number
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

/**
 * A marketing system as a client: registered for one purpose (`marketing.direct` by e-mail), it keeps a refresh token
 * per subscriber and reads userinfo anew before each use. It stores no claim, so there is nothing to forget.
 */
export async function startNewsletter(options: NewsletterOptions): Promise<SampleServer> {
  const party = await relyingParty({
    ...options,
    redirectUri: `${options.origin}/callback`,
    scope: 'openid profile email offline_access',
  })
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
      return {
        sub,
        readAt,
        email: text(claims.email),
        firstName: text(claims.given_name),
        problem: undefined,
      }
    } catch {
      return { sub, readAt, email: undefined, firstName: undefined, problem: 'access ended' }
    }
  }

  return serveSample(options.origin, options.port, async ({ method, url }) => {
    switch (`${method} ${url.pathname}`) {
      case 'GET /': {
        const now = await Promise.all([...subscribers].map(([sub, subscriber]) => askAbout(sub, subscriber)))
        return { html: subscribersPage(now, options.privacyCentre) }
      }
      case 'GET /connect':
        return { location: await party.signInLocation() }
      case 'GET /callback': {
        if (url.searchParams.has('error')) return { location: '/' }
        const { sub, tokens } = await party.comeBack(url)
        subscribers.set(sub, {
          accessToken: tokens.access_token,
          refreshToken: tokens.refresh_token,
          expiresAt: Date.now() + ((tokens.expires_in ?? 60) - 10) * 1000,
        })
        return { location: '/' }
      }
      default:
        return { status: 404, text: 'Not found' }
    }
  })
}
