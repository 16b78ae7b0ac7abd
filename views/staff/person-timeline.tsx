import type { PageContext } from '../page-context.ts'

export type MarkKind = 'yes' | 'no' | 'stop' | 'other'

export interface TimelineModel {
  readonly from: Date
  readonly to: Date
  /** Single acts, and spans that last; what has not ended reaches to the right edge. */
  readonly lanes: readonly {
    readonly of: 'answers' | 'objections' | 'restrictions' | 'suppressions'
    readonly marks: readonly { readonly id: string; readonly at: Date; readonly kind: MarkKind }[]
    readonly spans: readonly { readonly id: string; readonly from: Date; readonly to: Date | undefined }[]
  }[]
}

const height = 28
const middle = height / 2

/** Told apart by shape, so that nothing hangs on a colour; drawn in the colour of the text. */
const shapes: Readonly<Record<MarkKind, string>> = {
  yes: 'M-6 0a6 6 0 1 0 12 0a6 6 0 1 0 -12 0Z',
  no: 'M-5.5 -5.5L5.5 5.5M-5.5 5.5L5.5 -5.5',
  stop: 'M0 -7L7 6L-7 6Z',
  other: 'M0 -5.5L5.5 0L0 5.5L-5.5 0Z',
}

const filled: Readonly<Record<MarkKind, boolean>> = { yes: true, no: false, stop: true, other: false }

function Mark({ x, kind }: { x: string; kind: MarkKind }) {
  return (
    <svg x={x} y={middle} overflow="visible" aria-hidden="true">
      <path
        d={shapes[kind]}
        fill={filled[kind] ? 'currentColor' : 'none'}
        stroke="currentColor"
        stroke-width="2"
        stroke-linecap="round"
      />
    </svg>
  )
}

/** Acts along the time there is, one line for each register. The table under it says the same in words. */
export function PersonTimeline({ page, timeline }: { page: PageContext; timeline: TimelineModel }) {
  const { t } = page
  const { from, to, lanes } = timeline
  const whole = Math.max(to.getTime() - from.getTime(), 1)
  // A little room at both ends, so that the first and the last mark are drawn whole.
  const place = (at: Date) => {
    const share = Math.min(Math.max((at.getTime() - from.getTime()) / whole, 0), 1)
    return 3 + share * 94
  }
  return (
    <figure class="stack stack--close" aria-hidden="true">
      {lanes.map(({ of, marks, spans }) => (
        <div key={of}>
          <div class="small soft">{t(`person.lane.${of}`)}</div>
          <svg width="100%" height={height} aria-hidden="true">
            <line x1="0" x2="100%" y1={middle} y2={middle} stroke="currentColor" stroke-opacity="0.25" />
            {spans.map(({ id, from: begins, to: ends }) => {
              const left = place(begins)
              const right = ends === undefined ? 100 : place(ends)
              return (
                <rect
                  key={id}
                  x={`${left.toFixed(2)}%`}
                  y={middle - 5}
                  width={`${Math.max(right - left, 1).toFixed(2)}%`}
                  height="10"
                  rx="5"
                  fill="currentColor"
                  fill-opacity={ends === undefined ? '0.75' : '0.35'}
                />
              )
            })}
            {marks.map(({ id, at, kind }) => (
              <Mark key={id} x={`${place(at).toFixed(2)}%`} kind={kind} />
            ))}
          </svg>
        </div>
      ))}
      <div class="card__head small soft">
        <span>{t('page.day', { at: from })}</span>
        <span>{t('page.day', { at: to })}</span>
      </div>
      <figcaption class="small soft">{t('person.timelineKey')}</figcaption>
    </figure>
  )
}
