/** The browser of the tests is the one the journeys are recorded with; see there for its arguments. */
export { launchBrowser } from '../../demo/journeys/launch-browser.ts'
