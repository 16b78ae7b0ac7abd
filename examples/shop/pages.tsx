import { samplePage } from '../sample/page.tsx'

export interface ShopVisitor {
  readonly claims: Readonly<Record<string, unknown>>
}

export interface ShopLinks {
  readonly privacyCentre: string
  readonly newsletter: string
}

const goods = [
  ['Wool scarf “Cantábrico”', '29,90 €'],
  ['Rain jacket “Finisterre”', '119,00 €'],
  ['Canvas tote “Norte”', '14,50 €'],
  ['Walking boots “Picos”', '89,00 €'],
] as const

const nameOf = (visitor: ShopVisitor): string => {
  const { given_name: first, email } = visitor.claims
  return typeof first === 'string' ? first : typeof email === 'string' ? email : 'customer'
}

const nav = (visitor: ShopVisitor | undefined, links: ShopLinks) =>
  visitor === undefined ? (
    <>
      <a href="/sign-in?create=1">Create account</a>
      <a class="button" href="/sign-in">
        Sign in
      </a>
    </>
  ) : (
    <>
      <a href="/account">{`Hello, ${nameOf(visitor)}`}</a>
      <a href={links.privacyCentre}>Privacy</a>
      <a class="button quiet" href="/sign-out">
        Sign out
      </a>
    </>
  )

export const shopHome = (visitor: ShopVisitor | undefined, links: ShopLinks): string =>
  samplePage({
    title: 'Autumn in the north',
    brand: 'Tienda Norte',
    accent: 'shop',
    nav: nav(visitor, links),
    children: (
      <>
        <h1>Autumn in the north</h1>
        <p class="lead">
          Clothes for rain, wind and long walks. One account for the shop, the app and the store.
        </p>
        <ul class="grid">
          {goods.map(([name, price]) => (
            <li key={name} class="card">
              <span class="swatch" />
              <h2>{name}</h2>
              <p class="price">{price}</p>
            </li>
          ))}
        </ul>
      </>
    ),
  })

export const shopAccount = (visitor: ShopVisitor, links: ShopLinks): string =>
  samplePage({
    title: 'Your account',
    brand: 'Tienda Norte',
    accent: 'shop',
    nav: nav(visitor, links),
    children: (
      <>
        <h1>Your account</h1>
        <p class="lead">This is all the shop was told about you, a moment ago.</p>
        <dl>
          {Object.entries(visitor.claims).map(([name, value]) => (
            <>
              <dt key={`${name}-name`}>{name}</dt>
              <dd key={`${name}-value`}>{typeof value === 'string' ? value : JSON.stringify(value)}</dd>
            </>
          ))}
        </dl>
        <p class="row">
          <a class="button" href={links.newsletter}>
            See what the newsletter system knows
          </a>
          <a class="button quiet" href={links.privacyCentre}>
            Open the privacy centre
          </a>
        </p>
      </>
    ),
  })

export const shopProblem = (message: string, links: ShopLinks): string =>
  samplePage({
    title: 'You are not signed in',
    brand: 'Tienda Norte',
    accent: 'shop',
    nav: nav(undefined, links),
    children: (
      <>
        <h1>You are not signed in</h1>
        <p>{message}</p>
        <p>
          <a class="button" href="/sign-in">
            Try again
          </a>
        </p>
      </>
    ),
  })
