import { ClaimList, type Claims } from '../sample/claims.tsx'
import { inLanguage, type Language } from '../sample/language.ts'
import { samplePage } from '../sample/page.tsx'
import { Coast } from './coast.tsx'
import { Goods } from './goods.tsx'
import { type ShopWords, shopWords } from './words.ts'

export interface ShopVisitor {
  readonly claims: Claims
}

export interface ShopLinks {
  readonly privacyCentre: string
  readonly newsletter: string
}

/** One opening of a page: who looks, in which language, at which address. */
export interface ShopView {
  readonly language: Language
  readonly path: string
  readonly visitor: ShopVisitor | undefined
  readonly links: ShopLinks
}

function nameOf({ claims }: ShopVisitor, words: ShopWords): string {
  const { given_name: first, email } = claims
  return typeof first === 'string' ? first : typeof email === 'string' ? email : words.customer
}

function Nav({ language, visitor, links }: ShopView) {
  const words = shopWords[language]
  if (visitor === undefined) {
    return (
      <>
        <a href="/sign-in?create=1">{words.createAccount}</a>
        <a class="button" href="/sign-in">
          {words.signIn}
        </a>
      </>
    )
  }
  return (
    <>
      <a href="/account">{words.hello(nameOf(visitor, words))}</a>
      <a href={inLanguage(links.privacyCentre, language)}>{words.privacy}</a>
      <form method="post" action="/sign-out">
        <button type="submit" class="button quiet">
          {words.signOut}
        </button>
      </form>
    </>
  )
}

const frame = (view: ShopView) => ({
  language: view.language,
  path: view.path,
  brand: 'Tienda Norte',
  accent: 'shop' as const,
  nav: <Nav {...view} />,
})

export function shopHome(view: ShopView): string {
  const words = shopWords[view.language]
  return samplePage({
    ...frame(view),
    title: words.season,
    children: (
      <>
        <section class="hero">
          <div class="hero__words">
            <h1>{words.season}</h1>
            <p class="lead">{words.about}</p>
            {view.visitor === undefined && (
              <a class="button" href="/sign-in?create=1">
                {words.createAccount}
              </a>
            )}
          </div>
          <Coast />
        </section>
        <h2>{words.goods}</h2>
        <Goods language={view.language} />
      </>
    ),
  })
}

export function shopAccount(view: ShopView & { readonly visitor: ShopVisitor }): string {
  const { language, visitor, links } = view
  const words = shopWords[language]
  return samplePage({
    ...frame(view),
    title: words.account,
    children: (
      <>
        <div class="heading">
          <h1>{words.hello(nameOf(visitor, words))}</h1>
          <p class="lead">{words.accountLead}</p>
        </div>
        <section class="card" aria-labelledby="told">
          <h2 id="told">{words.told}</h2>
          <ClaimList claims={visitor.claims} language={language} />
        </section>
        <section class="card" aria-labelledby="next">
          <h2 id="next">{words.whatNow}</h2>
          <p class="row">
            <a class="button" href={inLanguage(links.newsletter, language)}>
              {words.seeNewsletter}
            </a>
            <a class="button quiet" href={inLanguage(links.privacyCentre, language)}>
              {words.openPrivacy}
            </a>
          </p>
        </section>
      </>
    ),
  })
}

export function shopProblem(view: ShopView, problem: 'unfinished' | 'noSuchPage'): string {
  const words = shopWords[view.language]
  const title = problem === 'unfinished' ? words.notSignedIn : words.noSuchPage
  return samplePage({
    ...frame({ ...view, path: '/' }),
    title,
    children: (
      <>
        <h1>{title}</h1>
        {problem === 'unfinished' && (
          <>
            <p class="lead">{words.unfinished}</p>
            <p class="row">
              <a class="button" href="/sign-in">
                {words.tryAgain}
              </a>
            </p>
          </>
        )}
      </>
    ),
  })
}
