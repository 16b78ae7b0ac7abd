/**
 * Delivery: what happened, on its way to whoever must hear of it. Rooms add events through the kernel's `Outbox` port
 * in the transaction of their own fact; each event takes the subject's next version there, and a lane (hash of the
 * subject) under which a worker will lease and send it. Nothing here decides what may be sent: that is consent's word.
 */
export type { Change, ChangeFeed, ChangePosition } from './change-feed.ts'
export { laneCount, laneOf } from './lane.ts'
export { pgChangeFeed } from './pg-change-feed.ts'
export { appendOutboxEvents, countUndelivered, outboxPart } from './pg-outbox.ts'
