import type { Cookie } from '../../platform/web/answer.ts'

/** "Ahora no" is heard for a month in this browser. Says nothing about whose it is. */
export const laterCookie = 'placet_passkey_later'

export const offerLater: Cookie = { name: laterCookie, value: '1', maxAgeSeconds: 30 * 86_400 }
