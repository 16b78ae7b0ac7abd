import type { Language } from '../sample/language.ts'
import { samplePage } from '../sample/page.tsx'
import type { Seen } from './ask-placet.ts'
import { type Level, type TillWords, tillWords } from './words.ts'

export interface CustomerScreen {
  readonly key: string
  readonly name: string
}

export interface TillView {
  readonly language: Language
  /** The last answer; nobody is identified before one. */
  readonly seen?: Seen | undefined
  /** The card that was read, for a code to be sent to its owner. */
  readonly card?: string | undefined
  /** A code is on its way to them. */
  readonly ref?: string | undefined
  /** Whose screens a demo can hold to the scanner; a real till reads what is before it. */
  readonly screens?: readonly CustomerScreen[]
  /** Why the last question was not answered: a code of the API, or anything else for no answer at all. */
  readonly problem?: string | undefined
}

const levels: readonly Level[] = ['L0', 'L1', 'L2', 'L3']

function Reached({ level, words }: { level: Level; words: TillWords }) {
  return (
    <ol class="levels">
      {levels.map((one) => (
        <li key={one} {...(one === level ? { 'aria-current': 'true' } : {})}>
          <p>
            <strong>{one}</strong> {words.levels[one].title}
          </p>
          <p class="small">{words.levels[one].text}</p>
        </li>
      ))}
    </ol>
  )
}

function Told({ seen, words }: { seen: Seen; words: TillWords }) {
  const told = Object.entries(words.claims).filter(([claim]) => seen.attributes[claim] !== undefined)
  if (told.length === 0 && seen.offers.length === 0) return <p class="soft">{words.nothing}</p>
  return (
    <dl class="claims">
      {told.map(([claim, name]) => (
        <div key={claim}>
          <dt>{name}</dt>
          <dd>{seen.attributes[claim]}</dd>
        </div>
      ))}
      {seen.level !== 'L1' && (
        <div>
          <dt>{words.offers}</dt>
          <dd>{seen.offers.length > 0 ? words.mayOffer : words.mayNotOffer}</dd>
        </div>
      )}
    </dl>
  )
}

function Field(props: { name: string; label: string; hint?: string; value?: string; digits?: boolean }) {
  const { name, label, hint, value = '' } = props
  return (
    <div class="field">
      <label for={name}>{label}</label>
      {hint !== undefined && (
        <p class="small soft" id={`${name}-hint`}>
          {hint}
        </p>
      )}
      <input
        id={name}
        name={name}
        value={value}
        required
        maxlength={256}
        autocomplete="off"
        spellcheck={false}
        {...(props.digits === true ? { inputmode: 'numeric' as const } : {})}
        {...(hint === undefined ? {} : { 'aria-describedby': `${name}-hint` })}
      />
    </div>
  )
}

/** The one screen of a till: what to read, how surely somebody is known, and what may be seen of them. */
export function tillPage({ language, seen, card = '', ref, screens = [], problem }: TillView): string {
  const words = tillWords[language]
  const level = seen?.level ?? 'L0'
  return samplePage({
    language,
    path: '/',
    title: words.title,
    brand: 'Tienda Norte',
    accent: 'shop',
    nav: seen === undefined && ref === undefined ? undefined : <a href="/">{words.next}</a>,
    children: (
      <>
        <div class="heading">
          <h1>{words.title}</h1>
          <p class="lead">{words.lead}</p>
        </div>
        {problem !== undefined && (
          <p class="card problem" role="alert">
            {words.problems[problem] ?? words.failed}
          </p>
        )}
        <section class="card">
          <Reached level={level} words={words} />
          {seen !== undefined && <Told seen={seen} words={words} />}
        </section>
        {ref !== undefined ? (
          <form class="card" method="post" action="/check">
            <p>{words.sent}</p>
            <input type="hidden" name="card" value={card} />
            <input type="hidden" name="ref" value={ref} />
            <Field name="one_time_code" label={words.oneTimeCode} digits />
            <p class="row">
              <button type="submit" class="button">
                {words.check}
              </button>
            </p>
          </form>
        ) : (
          <section class="grid">
            <form class="card" method="post" action="/card">
              <Field name="card" label={words.card} hint={words.cardHint} value={card} digits />
              <p class="row">
                <button type="submit" class="button" name="do" value="read">
                  {words.read}
                </button>
                <button type="submit" class="button quiet" name="do" value="send">
                  {words.send}
                </button>
              </p>
            </form>
            <div class="card">
              <form class="heading" method="post" action="/code">
                <Field name="code" label={words.code} hint={words.codeHint} />
                <p class="row">
                  <button type="submit" class="button">
                    {words.readCode}
                  </button>
                </p>
              </form>
              {screens.length > 0 && (
                <form class="row" method="post" action="/screen">
                  {screens.map(({ key, name }) => (
                    <button key={key} type="submit" class="button quiet" name="screen" value={key}>
                      {words.readScreen(name)}
                    </button>
                  ))}
                </form>
              )}
            </div>
          </section>
        )}
      </>
    ),
  })
}
