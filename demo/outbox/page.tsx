import { samplePage } from '../../examples/sample/page.tsx'
import { type TourView, tourFrame } from '../tour/pages.tsx'
import { tourWords } from '../tour/words.ts'
import { codeIn } from './code-in.ts'
import type { ReceivedMail } from './smtp-sink.ts'

const everySeconds = 5
/** The shop's own time, as its pages and messages tell it. */
const timeZone = 'Europe/Madrid'

/** A letter as text: the code alone on its line, addresses to follow, and everything else as it was written. */
function Letter({ mail }: { mail: ReceivedMail }) {
  const code = codeIn(mail)
  return (
    <>
      {code !== undefined && <code class="code">{code}</code>}
      <p class="letter">
        {mail.text
          .trim()
          .split(/(https?:\/\/\S+)/)
          .map((part, index) => (index % 2 === 1 ? <a href={part}>{part}</a> : part))}
      </p>
    </>
  )
}

/** Every message sent, newest first. `live` reads the page anew by itself, which whoever reads it may stop (WCAG 2.2.2). */
export function outboxPage(view: TourView, mails: readonly ReceivedMail[], live: boolean): string {
  const { language } = view
  const words = tourWords[language]
  return samplePage({
    ...tourFrame(view, live ? '/outbox' : '/outbox?still=1'),
    title: words.outbox,
    ...(live ? { refreshSeconds: everySeconds } : {}),
    children: (
      <>
        <div class="heading">
          <h1>{words.outbox}</h1>
          <p class="lead">{words.outboxLead}</p>
          <p class="small soft">
            {live && `${words.outboxLive} `}
            <a href={live ? '/outbox?still=1' : '/outbox'}>{live ? words.outboxPause : words.outboxResume}</a>
          </p>
        </div>
        {mails.length === 0 ? (
          <p class="card soft">{words.outboxEmpty}</p>
        ) : (
          <ol class="heading">
            {mails.toReversed().map((mail) => (
              <li key={`${mail.at.toISOString()} ${mail.subject}`} class="card">
                <div class="card__head">
                  <h2>{mail.subject}</h2>
                  <p class="small soft">
                    {words.to} <code>{mail.recipients.join(', ')}</code> {words.at}{' '}
                    {mail.at.toLocaleTimeString(language, { timeZone })}
                  </p>
                </div>
                <Letter mail={mail} />
              </li>
            ))}
          </ol>
        )}
      </>
    ),
  })
}
