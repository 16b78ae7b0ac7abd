/** One telling of a device: which device, its counter, and a hash of everything the act says. */
export interface DeviceCommand {
  readonly device: string
  readonly counter: number
  readonly commandHash: Uint8Array
  readonly receivedAt: Date
  /** Its clock ahead of ours, in milliseconds; undefined where it did not say. */
  readonly skew: number | undefined
  /** When it says the act was, by its own clock. */
  readonly occurredAt: Date | undefined
}

/** What a former telling of this very act came to. */
export interface SettledAct {
  readonly receiptId?: string | undefined
}

export type DeviceClaim =
  /** The next one, or one that was begun before and never ended. */
  | {
      readonly as: 'next'
      /** When it was first received. */
      readonly receivedAt: Date
      /** Differences of the clock by which the act may have been stamped, milliseconds ahead of ours. */
      readonly skews: readonly number[]
      /** The latest instant that an act with a lower counter counts at: what came after it was not before it. */
      readonly notBefore: Date | undefined
    }
  | { readonly as: 'already-recorded'; readonly settled: SettledAct }
  /** A lower counter than the last, never seen before; or one that another act had. */
  | { readonly as: 'out-of-order'; readonly receivedAt: Date; readonly skews: readonly number[] }

/**
 * Port: the counters of devices. Promises: of many tellings at once each device's are judged one after the other; a counter
 * stands for one command for good; a command that was claimed and not settled, because the process died between the two,
 * can be claimed again, and its own idempotency key keeps it from being recorded twice.
 */
export interface DeviceLog {
  claim(command: DeviceCommand): Promise<DeviceClaim>
  settle(
    command: Pick<DeviceCommand, 'device' | 'counter' | 'commandHash'>,
    countedAt: Date,
    settled: SettledAct,
  ): Promise<void>
}
