import { inLanguage, type Language } from '../sample/language.ts'
import { samplePage } from '../sample/page.tsx'
import type { WayOut } from './way-out.ts'
import { type NewsletterWords, newsletterWords } from './words.ts'

/** What the system was told about one subscriber at the moment of asking. */
export interface SubscriberNow {
  readonly sub: string
  readonly readAt: Date
  readonly email: string | undefined
  readonly firstName: string | undefined
  /** Goes into the letter; without one there is none. */
  readonly wayOut: WayOut | undefined
  /** The token is no longer accepted: the person ended the connection, or it ran out. */
  readonly ended: boolean
}

function Told({ name, value, words }: { name: string; value: string | undefined; words: NewsletterWords }) {
  return (
    <div>
      <dt>{name}</dt>
      {value === undefined ? <dd class="missing">{words.notTold}</dd> : <dd>{value}</dd>}
    </div>
  )
}

function Subscriber({ one, words }: { one: SubscriberNow; words: NewsletterWords }) {
  const mayMail = one.email !== undefined && one.wayOut !== undefined
  const state = one.ended ? words.ended : mayMail ? words.mayMail : words.mayNotMail
  return (
    <li class="card" data-subscriber={one.sub} data-read-at={one.readAt.toISOString()}>
      <div class="card__head">
        <h2>
          {words.subscriber} <code>{one.sub.slice(0, 8)}</code>
        </h2>
        <p class={`tag ${mayMail ? 'good' : 'bad'}`}>{state}</p>
      </div>
      <dl class="claims">
        <Told name={words.email} value={one.email} words={words} />
        <Told name={words.firstName} value={one.firstName} words={words} />
        <Told name={words.askedAt} value={`${one.readAt.toISOString().slice(11, 23)} UTC`} words={words} />
      </dl>
      <h3>{words.letter}</h3>
      {mayMail ? (
        <div class="letter">
          {`${words.dear(one.firstName)}\n\n${words.body}\n\n`}
          <a href={one.wayOut?.href}>{words.stop}</a>
        </div>
      ) : (
        <p class="letter empty">{words.noLetter}</p>
      )}
    </li>
  )
}

/** Newest connection first. */
export function subscribersPage(view: {
  readonly language: Language
  readonly subscribers: readonly SubscriberNow[]
  readonly privacyCentre: string
}): string {
  const { language, subscribers } = view
  const words = newsletterWords[language]
  return samplePage({
    language,
    path: '/',
    title: words.title,
    brand: 'Correo Norte',
    accent: 'newsletter',
    nav: <a href={inLanguage(view.privacyCentre, language)}>{words.privacy}</a>,
    children: (
      <>
        <div class="heading">
          <h1>{words.title}</h1>
          <p class="lead">{words.lead}</p>
        </div>
        <p class="row">
          <a class={subscribers.length === 0 ? 'button' : 'button quiet'} href="/connect">
            {words.connect}
          </a>
          {subscribers.length > 0 && (
            <a class="button" href="/">
              {words.askAgain}
            </a>
          )}
        </p>
        {subscribers.length === 0 ? (
          <section class="card">
            <h2>{words.nobody}</h2>
            <p class="soft">{words.nobodyLead}</p>
          </section>
        ) : (
          <ul class="heading">
            {subscribers.map((one) => (
              <Subscriber key={one.sub} one={one} words={words} />
            ))}
          </ul>
        )}
      </>
    ),
  })
}
