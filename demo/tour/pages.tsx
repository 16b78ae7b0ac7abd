import { inLanguage, type Language, type Words } from '../../examples/sample/language.ts'
import { samplePage } from '../../examples/sample/page.tsx'
import type { DemoAddresses } from '../addresses.ts'
import { staffEntrance } from '../one-click/staff.ts'
import { type SeedStaff, staff } from '../seed/staff.ts'
import { type Place, type TourWords, tourWords } from './words.ts'

export interface DemoPerson {
  readonly key: string
  readonly name: string
  readonly firstName: string
  readonly email: string
  readonly password: string
  readonly story: Words<string>
  /** Of whoever has a card of the club. */
  readonly phone?: string
  readonly card?: string
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

const [marta, , ivan] = staff

const workAs = ({ addresses, language }: TourView, person: SeedStaff): string =>
  staffEntrance(addresses.issuer, person, inLanguage(person.home, language))

function places(view: TourView): Readonly<Record<Place, string>> {
  const { addresses, language } = view
  const { shop, newsletter, issuer, till } = addresses
  return {
    shopCreate: inLanguage(`${shop}/sign-in?create=1`, language),
    newsletter: inLanguage(newsletter, language),
    permissions: inLanguage(`${issuer}/privacy/permissions`, language),
    recipients: inLanguage(`${issuer}/privacy/recipients`, language),
    outbox: '/outbox',
    app: '/app',
    kiosk: '/kiosk',
    phone: inLanguage(`${issuer}/device`, language),
    call: '/call',
    ivan: workAs(view, ivan),
    till: inLanguage(till, language),
    card: inLanguage(`${issuer}/privacy/card`, language),
    marta: workAs(view, marta),
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
  if (task === 1 && state.subscribers > 0) {
    return <p class="tag good">{words.subscribers(state.subscribers)}</p>
  }
  if (task === 2 && state.appUser !== undefined) {
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
        {person.phone !== undefined && (
          <>
            <br />
            {words.telephone} <code>{person.phone}</code>
          </>
        )}
        {person.card !== undefined && (
          <>
            <br />
            {words.card} <code>{person.card}</code>
          </>
        )}
      </p>
      <p class="row">
        <a class="button quiet" href={inLanguage(signIn.href, view.language)}>
          {words.signInAs(person.firstName)}
        </a>
        {person.phone !== undefined && (
          <a class="button quiet" href={`/call?${new URLSearchParams({ who: person.key })}`}>
            {words.rings(person.firstName)}
          </a>
        )}
      </p>
    </li>
  )
}

function Colleague({ person, view }: { person: SeedStaff; view: TourView }) {
  const words = tourWords[view.language]
  const [firstName = ''] = person.displayName.split(' ')
  return (
    <li class="card">
      <h3>{person.displayName}</h3>
      <p>{words.work[person.key]}</p>
      <p>
        <a class="button quiet" href={workAs(view, person)}>
          {words.signInAs(firstName)}
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
        <div class="heading">
          <h2>{words.staff}</h2>
          <p class="soft">{words.staffLead}</p>
        </div>
        <ul class="grid">
          {staff.map((person) => (
            <Colleague key={person.key} person={person} view={view} />
          ))}
        </ul>
      </>
    ),
  })
}
