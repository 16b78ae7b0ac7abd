import { inLanguage, type Language, type Words } from '../../examples/sample/language.ts'
import { samplePage } from '../../examples/sample/page.tsx'
import type { DemoAddresses } from '../addresses.ts'
import { type Place, type TourWords, tourWords } from './words.ts'

export interface DemoPerson {
  readonly key: string
  readonly name: string
  readonly firstName: string
  readonly email: string
  readonly password: string
  readonly story: Words<string>
}

/** What the tasks have come to so far, where that is cheap to know. */
export interface TourState {
  readonly lastCode: { readonly to: string; readonly code: string } | undefined
  readonly subscribers: number
  readonly appUser: string | undefined
}

export interface TourView {
  readonly language: Language
  readonly addresses: DemoAddresses
}

/** The frame of the tour's pages, which the outbox stands in too. */
export const tourFrame = ({ language }: TourView, path: string) => ({
  language,
  path,
  brand: 'Placet demo',
  accent: 'tour' as const,
  nav: (
    <>
      <a href="/">{tourWords[language].tour}</a>
      <a href="/outbox">{tourWords[language].outbox}</a>
    </>
  ),
})

function places({ addresses, language }: TourView): Readonly<Record<Place, string>> {
  const { shop, newsletter, issuer } = addresses
  return {
    shop: inLanguage(shop, language),
    shopCreate: inLanguage(`${shop}/sign-in?create=1`, language),
    newsletter: inLanguage(newsletter, language),
    permissions: inLanguage(`${issuer}/privacy/permissions`, language),
    recipients: inLanguage(`${issuer}/privacy/recipients`, language),
    outbox: '/outbox',
    app: '/app',
    staff: '/staff',
  }
}

/** What is known of the task at this place of the list. */
function State({ task, state, words }: { task: number; state: TourState; words: TourWords }) {
  if (task === 0 && state.lastCode !== undefined) {
    return (
      <div>
        <p class="small soft">{words.lastCode(state.lastCode.to)}</p>
        <code class="code">{state.lastCode.code}</code>
      </div>
    )
  }
  if (task === 2 && state.subscribers > 0) {
    return <p class="tag good">{words.subscribers(state.subscribers)}</p>
  }
  if (task === 5 && state.appUser !== undefined) {
    return <p class="tag good">{words.appSignedIn(state.appUser)}</p>
  }
  return null
}

function Person({ person, view }: { person: DemoPerson; view: TourView }) {
  const words = tourWords[view.language]
  const signIn = new URL('/sign-in', view.addresses.shop)
  signIn.searchParams.set('as', person.email)
  return (
    <li class="card">
      <h3>{person.name}</h3>
      <p>{person.story[view.language]}</p>
      <p class="small soft">
        <code>{person.email}</code>
        <br />
        {words.password} <code>{person.password}</code>
      </p>
      <p>
        <a class="button quiet" href={inLanguage(signIn.href, view.language)}>
          {words.signInAs(person.firstName)}
        </a>
      </p>
    </li>
  )
}

export function tourPage(view: TourView, people: readonly DemoPerson[], state: TourState): string {
  const words = tourWords[view.language]
  const addresses = places(view)
  return samplePage({
    ...tourFrame(view, '/'),
    title: words.title,
    children: (
      <>
        <div class="heading">
          <h1>{words.title}</h1>
          <p class="lead">{words.lead}</p>
        </div>
        <ol class="steps">
          {words.tasks.map((task, index) => (
            <li key={task.title}>
              <div class="steps__task">
                <h2>{task.title}</h2>
                <p>{task.text}</p>
                <State task={index} state={state} words={words} />
                <p class="row">
                  {task.go.map(([place, label], position) => (
                    <a key={place} class={position === 0 ? 'button' : 'button quiet'} href={addresses[place]}>
                      {label}
                    </a>
                  ))}
                </p>
              </div>
            </li>
          ))}
        </ol>
        <div class="heading">
          <h2>{words.people}</h2>
          <p class="soft">{words.peopleLead}</p>
        </div>
        <ul class="grid">
          {people.map((person) => (
            <Person key={person.key} person={person} view={view} />
          ))}
        </ul>
      </>
    ),
  })
}
