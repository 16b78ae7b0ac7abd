import { startNativeSignIn } from '../examples/native-app/sign-in-app.ts'
import type { Language } from '../examples/sample/language.ts'

export interface SampleApp {
  /** Begins a sign-in and says where the system's browser is to be sent. An earlier one that was not finished is dropped. */
  start(language: Language): Promise<string>
  /** Who is signed in, as the app would greet them. */
  user(): string | undefined
  close(): Promise<void>
}

/** The native application of the demo: it has no window, only what happens in the browser and what it then holds. */
export function sampleApp(options: {
  readonly issuer: string
  readonly clientId: string
  readonly backHref: string
}): SampleApp {
  let signIn: Awaited<ReturnType<typeof startNativeSignIn>> | undefined
  let user: string | undefined
  return {
    start: async (language) => {
      await signIn?.close()
      const begun = await startNativeSignIn({ ...options, callbackPath: '/callback', language })
      signIn = begun
      begun.session.then(
        async ({ claims, refresh }) => {
          // An app does this whenever it is opened again; here at once, so that rotation with the same key is seen to work.
          await refresh()
          const { given_name: name, email } = claims
          user = typeof name === 'string' ? name : String(email)
        },
        () => undefined,
      )
      return begun.authorizationUrl
    },
    user: () => user,
    close: async () => signIn?.close(),
  }
}
