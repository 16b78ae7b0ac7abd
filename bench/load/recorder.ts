import { build, encodeIntoCompressedBase64 } from 'hdr-histogram-js'
import type { LoadResult } from './load.ts'

/** Milliseconds. */
export interface Latency {
  readonly p50: number
  readonly p99: number
  readonly p999: number
  readonly max: number
}

export interface Recorder {
  right(milliseconds: number): void
  /** A wrong or missing answer took its time too: leaving it out would make a failing server look fast. */
  wrong(milliseconds: number, error: unknown): void
  result(seconds: number): LoadResult
}

/** Three significant digits from 1 µs to two minutes, in constant memory. */
export function createRecorder(): Recorder {
  const histogram = build({
    lowestDiscernibleValue: 1,
    highestTrackableValue: 120_000_000,
    numberOfSignificantValueDigits: 3,
    autoResize: true,
  })
  let operations = 0
  let errors = 0
  let firstError: string | undefined
  const record = (milliseconds: number) => histogram.recordValue(Math.max(1, Math.round(milliseconds * 1000)))
  const at = (percentile: number) =>
    operations + errors === 0 ? 0 : histogram.getValueAtPercentile(percentile) / 1000

  return {
    right(milliseconds) {
      operations += 1
      record(milliseconds)
    },
    wrong(milliseconds, error) {
      errors += 1
      firstError ??= error instanceof Error ? error.message : String(error)
      record(milliseconds)
    },
    result: (seconds) => ({
      operations,
      errors,
      firstError,
      seconds,
      perSecond: seconds > 0 ? operations / seconds : 0,
      latency: { p50: at(50), p99: at(99), p999: at(99.9), max: at(100) },
      histogram: encodeIntoCompressedBase64(histogram),
    }),
  }
}
