import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { readEnvironment } from '../../src/platform/config/index.ts'
import { unpackBrowser } from './unpack-browser.ts'

/**
 * The Chromium that comes with npm. The arguments are our own: the package's defaults switch web security off, and with
 * it the policies the journeys are walked under. Its sandbox stays on where the machine lets it have one: root may not, and
 * some systems keep the name spaces it needs from everybody. It opens nothing but our own pages.
 */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = await unpackBrowser()
  const launch = (chromiumSandbox: boolean) =>
    chromium.launch({
      executablePath,
      headless: true,
      args: [
        '--headless=shell',
        '--disable-gpu',
        '--disable-dev-shm-usage',
        '--font-render-hinting=none',
        // The process that would start the others is what sets up their sandbox; without one it is not needed.
        ...(chromiumSandbox ? [] : ['--no-sandbox', '--no-zygote']),
      ],
      chromiumSandbox,
      // Date fields speak the language of the process, whatever that of the page.
      env: { ...readEnvironment(), LANGUAGE: 'es_ES', LC_ALL: 'es_ES.UTF-8' },
    })
  if (process.getuid?.() === 0) return launch(false)
  return launch(true).catch(() => launch(false))
}

/** A device with a screen lock and its own passkeys, as the page's browser sees it. */
export interface Device {
  /** Whether whoever holds it touches it when it asks. */
  agrees(agrees: boolean): Promise<void>
}

/** Gives the page such a device; at first its holder always agrees. */
export async function giveAuthenticator(context: BrowserContext, page: Page): Promise<Device> {
  const devtools = await context.newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  return {
    agrees: (enabled) =>
      devtools.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled }).then(() => {}),
  }
}
