import chromiumBinary from '@sparticuz/chromium'
import { type Browser, chromium } from 'playwright-core'

/**
 * A Chromium that comes with npm, unpacked once into the temporary folder. The arguments are our own: the package's
 * defaults switch web security off, and with it the CSP and same-origin rules these tests are about. Pages must come
 * from `browser.newContext()`, or axe refuses them.
 */
export async function launchBrowser(): Promise<Browser> {
  chromiumBinary.setGraphicsMode = false
  return chromium.launch({
    executablePath: await chromiumBinary.executablePath(),
    headless: true,
    args: [
      '--headless=shell',
      '--no-zygote',
      '--disable-gpu',
      '--disable-dev-shm-usage',
      '--font-render-hinting=none',
      // Chromium refuses its sandbox to root; elsewhere it stays on.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
    chromiumSandbox: process.getuid?.() !== 0,
  })
}
