import { samplePage } from '../sample/page.tsx'

/** What the system was told about one subscriber at the moment of asking. */
export interface SubscriberNow {
  readonly sub: string
  readonly readAt: Date
  readonly email: string | undefined
  readonly firstName: string | undefined
  readonly problem: string | undefined
}

const cell = (value: string | undefined) =>
  value === undefined ? <span class="none">not given</span> : <span class="yes">{value}</span>

export const subscribersPage = (subscribers: readonly SubscriberNow[], privacyCentre: string): string =>
  samplePage({
    title: 'Who may be mailed now',
    brand: 'Correo Norte',
    accent: 'newsletter',
    nav: <a href={privacyCentre}>Privacy centre</a>,
    children: (
      <>
        <h1>Who may be mailed now</h1>
        <p class="lead">
          A mailing system of the shop. It keeps no addresses: each time this page is opened it asks Placet,
          which answers only with what each customer agrees to at that moment.
        </p>
        {subscribers.length === 0 ? (
          <p>Nobody is connected yet.</p>
        ) : (
          <table>
            <thead>
              <tr>
                <th scope="col">Subscriber (pairwise id)</th>
                <th scope="col">E-mail</th>
                <th scope="col">First name</th>
                <th scope="col">Asked at</th>
              </tr>
            </thead>
            <tbody>
              {subscribers.map((one) => (
                <tr key={one.sub}>
                  <td>
                    <code>{`${one.sub.slice(0, 12)}…`}</code>
                  </td>
                  <td>
                    {one.problem === undefined ? cell(one.email) : <span class="none">{one.problem}</span>}
                  </td>
                  <td>{cell(one.firstName)}</td>
                  <td>{one.readAt.toISOString().slice(11, 23)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        <p class="row">
          <a class="button" href="/connect">
            Connect my account
          </a>
          <a class="button quiet" href="/">
            Ask again
          </a>
        </p>
      </>
    ),
  })
