import manifest from '../../../package.json' with { type: 'json' }

/** Which software drew the screen on which somebody said yes; kept beside the evidence. */
export const software = `placet ${manifest.version}`
