import { inLanguage, type Language } from '../../examples/sample/language.ts'
import { type Reply, type SampleServer, serveSample } from '../../examples/sample/sample-server.ts'
import type { DemoAddresses } from '../addresses.ts'
import { codeIn } from '../outbox/code-in.ts'
import { outboxPage } from '../outbox/page.tsx'
import type { ReceivedMail } from '../outbox/smtp-sink.ts'
import { type DemoPerson, type TourState, tourPage } from './pages.tsx'

export interface TourOptions {
  readonly addresses: DemoAddresses
  readonly people: readonly DemoPerson[]
  readonly mails: () => readonly ReceivedMail[]
  readonly subscribers: () => number
  /** Who is signed in to the app, as it would greet them. */
  readonly appUser: () => string | undefined
  /** Somebody rings: the page of the call on the agent's screen, or nothing for whoever has no telephone. */
  readonly ring: (person: string, language: Language) => Promise<string | undefined>
  /** A fresh code by which a browser becomes the demo's kiosk. */
  readonly kioskCode: () => Promise<string>
  /** A fresh, single-use enrolment link for the demo's DPO. */
  readonly staffEnrolment: () => Promise<string>
  /** Starts the sample app's sign-in and returns where the browser goes. */
  readonly startApp: (language: Language) => Promise<string>
}

function stateOf({ mails, subscribers, appUser }: TourOptions): TourState {
  const mail = mails().findLast((one) => codeIn(one) !== undefined)
  const code = mail && codeIn(mail)
  return {
    lastCode: code === undefined ? undefined : { code, to: mail?.recipients.join(', ') ?? '' },
    subscribers: subscribers(),
    appUser: appUser(),
  }
}

/** The page the demo prints: seven tasks, the people to be, and the outbox. */
export function startTour(options: TourOptions): Promise<SampleServer> {
  const { addresses } = options
  return serveSample(
    addresses.tour,
    addresses.ports.tour,
    async ({ method, url, language }): Promise<Reply> => {
      const view = { language, addresses }
      switch (`${method} ${url.pathname}`) {
        case 'GET /':
          return { html: tourPage(view, options.people, stateOf(options)) }
        case 'GET /staff':
          return { location: `${await options.staffEnrolment()}&lang=${language}` }
        case 'GET /call': {
          const page = await options.ring(url.searchParams.get('who') ?? 'ana', language)
          return page === undefined ? { status: 404, text: 'Not found' } : { location: page }
        }
        case 'GET /kiosk': {
          const setup = inLanguage(`${addresses.issuer}/kiosk/setup`, language)
          return { location: `${setup}#${new URLSearchParams({ code: await options.kioskCode() })}` }
        }
        case 'GET /app':
          return { location: await options.startApp(language) }
        case 'GET /outbox':
          return { html: outboxPage(view, options.mails(), !url.searchParams.has('still')) }
        default:
          return { status: 404, text: 'Not found' }
      }
    },
  )
}
