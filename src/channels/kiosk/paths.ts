/** Where the screens of a kiosk are. */
export const kioskPath = '/kiosk'
export const kioskSetupPath = '/kiosk/setup'
export const kioskSessionPath = '/kiosk/session'
export const kioskChoicesPath = '/kiosk/choices'
export const kioskEndPath = '/kiosk/end'
export const kioskClosedPath = '/kiosk/closed'
/** Beside them and not among them: a worker reaches what lies under its own folder, and `/kiosk` itself has to be reached. */
export const kioskWorkerPath = '/kiosk-worker.js'
