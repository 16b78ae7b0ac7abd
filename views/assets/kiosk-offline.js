// @ts-check
// What stands in when the house cannot be reached. Only a browser that is a kiosk keeps it, and it reaches nothing else.
import { readTerminal } from './kiosk-key.js'

const worker = '/kiosk-worker.js'

const keep = async () => {
  if (!('serviceWorker' in navigator) || (await readTerminal()) === undefined) return
  const types = Reflect.get(globalThis, 'trustedTypes')
  // The one address that this page may run a worker from.
  const policy = types?.createPolicy('placet-kiosk', {
    createScriptURL: (/** @type {string} */ address) => {
      if (address !== worker) throw new TypeError(address)
      return address
    },
  })
  await navigator.serviceWorker.register(policy?.createScriptURL(worker) ?? worker, {
    scope: '/kiosk',
    updateViaCache: 'none',
  })
}

keep().catch(() => {})
