import { parseArgs } from 'node:util'
import { startNativeSignIn } from './sign-in-app.ts'

/** Signs a native application in against any Placet: prints the address to open, waits, then rotates its tokens once. */
const { values } = parseArgs({
  options: { issuer: { type: 'string' }, 'client-id': { type: 'string' } },
})
if (values.issuer === undefined || values['client-id'] === undefined) {
  throw new Error('--issuer and --client-id are needed')
}

const signIn = await startNativeSignIn({
  issuer: values.issuer,
  clientId: values['client-id'],
  callbackPath: '/callback',
})
process.stdout.write(`Open this address in your browser:\n${signIn.authorizationUrl}\n`)
const session = await signIn.session
await session.refresh()
process.stdout.write(`${JSON.stringify(session.claims, null, 2)}\n`)
await signIn.close()
