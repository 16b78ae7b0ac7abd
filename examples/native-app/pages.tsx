import { samplePage } from '../sample/page.tsx'

/** What the application shows in the browser tab that it is about to leave. */
export const appHome = (claims: Readonly<Record<string, unknown>> | undefined): string =>
  samplePage({
    title: claims === undefined ? 'Sign-in not finished' : 'Signed in',
    brand: 'Tienda Norte, the app',
    accent: 'app',
    children:
      claims === undefined ? (
        <>
          <h1>Sign-in not finished</h1>
          <p>Nothing was changed. Close this tab and start again from the app.</p>
        </>
      ) : (
        <>
          <h1>You can go back to the app</h1>
          <p class="lead">The app now holds tokens bound to a key of this device. It was told:</p>
          <dl>
            {Object.entries(claims).map(([name, value]) => (
              <>
                <dt key={`${name}-name`}>{name}</dt>
                <dd key={`${name}-value`}>{typeof value === 'string' ? value : JSON.stringify(value)}</dd>
              </>
            ))}
          </dl>
        </>
      ),
  })
