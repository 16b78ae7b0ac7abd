import { samplePage } from '../../examples/sample/page.tsx'
import type { DemoAddresses } from '../addresses.ts'

export interface DemoPerson {
  readonly key: string
  readonly name: string
  readonly email: string
  readonly password: string
  readonly story: string
}

export interface OutboxMessage {
  readonly id: string
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly receivedAt: Date
}

const nav = (
  <>
    <a href="/">Tour</a>
    <a href="/outbox">Outbox</a>
  </>
)

export const tourPage = (
  addresses: DemoAddresses,
  people: readonly DemoPerson[],
  staffEnrolment: string,
): string =>
  samplePage({
    title: 'A walk through Placet',
    brand: 'Placet demo',
    accent: 'tour',
    nav,
    children: (
      <>
        <h1>A walk through Placet</h1>
        <p class="lead">
          Everything here runs on this machine: the identity provider, its PostgreSQL, a shop, an app, a
          mailing system and a mail server. Seven small things to try:
        </p>
        <ol class="steps">
          <li>
            <strong>Create an account with a passkey.</strong> Open the <a href={addresses.shop}>shop</a>,
            choose “Create account” with any address; the code arrives in the <a href="/outbox">outbox</a>.
          </li>
          <li>
            <strong>Answer freely.</strong> Say yes to some purposes and no to others, or refuse all: you are
            signed in either way, with the same number of clicks.
          </li>
          <li>
            <strong>See what the mailing system knows.</strong> Open{' '}
            <a href={addresses.newsletter}>Correo Norte</a> and connect your account. It sees e-mail and first
            name only if you agreed to direct marketing by e-mail.
          </li>
          <li>
            <strong>Withdraw.</strong> In the{' '}
            <a href={`${addresses.issuer}/privacy/permissions`}>privacy centre</a> change your answer, then
            ask again in Correo Norte: gone in the same second. You keep a signed receipt.
          </li>
          <li>
            <strong>See who received what.</strong> The privacy centre lists{' '}
            <a href={`${addresses.issuer}/privacy/recipients`}>every release</a>, by name.
          </li>
          <li>
            <strong>Sign in to the app.</strong> <a href="/app">Start the native app</a>: one login, tokens
            bound to a key of the device.
          </li>
          <li>
            <strong>Work here.</strong> <a href={staffEnrolment}>Enrol a staff passkey</a> as the DPO of the
            shop and look at what that role may do.
          </li>
        </ol>
        <h2>People who are already customers</h2>
        <ul class="grid">
          {people.map((person) => (
            <li key={person.key} class="card">
              <h2>{person.name}</h2>
              <p>{person.story}</p>
              <p>
                <code>{person.email}</code>
                <br />
                <code>{person.password}</code>
              </p>
            </li>
          ))}
        </ul>
      </>
    ),
  })

export const outboxPage = (messages: readonly OutboxMessage[]): string =>
  samplePage({
    title: 'Outbox',
    brand: 'Placet demo',
    accent: 'tour',
    nav,
    children: (
      <>
        <h1>Outbox</h1>
        <p class="lead">Every message the provider sent, as a real mail server received it. Newest first.</p>
        {messages.length === 0 && <p>Nothing was sent yet.</p>}
        <div class="grid">
          {messages.map((message) => (
            <article key={message.id} class="card">
              <h2>{message.subject}</h2>
              <p>
                To <code>{message.to}</code>, {message.receivedAt.toISOString().slice(11, 19)}
              </p>
              <p class="letter">{message.text}</p>
            </article>
          ))}
        </div>
      </>
    ),
  })
