import { type Reply, type SampleServer, serveSample } from '../../examples/sample/sample-server.ts'
import type { DemoAddresses } from '../addresses.ts'
import type { ReceivedMail } from '../outbox/smtp-sink.ts'
import { type DemoPerson, outboxPage, tourPage } from './pages.tsx'

export interface TourOptions {
  readonly addresses: DemoAddresses
  readonly people: readonly DemoPerson[]
  readonly mails: () => readonly ReceivedMail[]
  /** A fresh, single-use enrolment link for the demo's DPO. */
  readonly staffEnrolment: () => Promise<string>
  /** Starts the sample app's sign-in and returns where the browser goes. */
  readonly startApp: () => Promise<string>
}

/** The page the demo prints: seven tasks, the people to be, and the outbox. */
export function startTour(options: TourOptions): Promise<SampleServer> {
  return serveSample(
    options.addresses.tour,
    options.addresses.ports.tour,
    async ({ method, url }): Promise<Reply> => {
      switch (`${method} ${url.pathname}`) {
        case 'GET /':
          return { html: tourPage(options.addresses, options.people, '/staff') }
        case 'GET /staff':
          return { location: await options.staffEnrolment() }
        case 'GET /app':
          return { location: await options.startApp() }
        case 'GET /outbox': {
          const messages = [...options.mails()].reverse().map((mail, index) => ({
            id: `${mail.at.getTime()}-${index}`,
            to: mail.recipients.join(', '),
            subject: mail.subject,
            text: mail.text,
            receivedAt: mail.at,
          }))
          return { html: outboxPage(messages) }
        }
        default:
          return { status: 404, text: 'Not found' }
      }
    },
  )
}
