/**
 * Web Push: ringing a browser through the push service it chose. Messages are encrypted for that browser alone (RFC 8291)
 * and signed with a key of the house (VAPID, RFC 8292); they leave by the one egress client, because a push service is an
 * address that somebody else named. The room knows no person and no reason to ring: it is given targets and texts.
 */
export { createWebPush, type PushOutcome, type PushTarget, type WebPush } from './create-web-push.ts'
export { pgPushKeyStore } from './pg-push-key-store.ts'
export type { PushKeyStore, StoredPushKey } from './push-key-store.ts'
