import type { Growth, GrowthPoint } from '../growth.ts'
import { describeMachine } from './environment.ts'

const headings = ['people', 'page of 1 000, ms', 'people/s by pages', 'facts read, ms', 'redecided, ms']

/** Figures in groups, so that a million is seen to be one. */
const grouped = (value: number): string => Math.round(value).toLocaleString('en').replaceAll(',', ' ')

const cellsOf = ({ people, pageMs, readMs, redecideMs }: GrowthPoint): readonly string[] => [
  grouped(people),
  pageMs.toFixed(2),
  grouped((1_000 * 1_000) / pageMs),
  readMs.toFixed(2),
  redecideMs.toFixed(2),
]

/** How much dearer the last size is than the first. */
function growthOf(points: readonly GrowthPoint[]): readonly string[] {
  const [first, last] = [points[0], points.at(-1)]
  if (first === undefined || last === undefined) return []
  const times = (read: (point: GrowthPoint) => number) => `×${(read(last) / read(first)).toFixed(2)}`
  return [
    `×${grouped(last.people / first.people)}`,
    times(({ pageMs }) => pageMs),
    times(({ pageMs }) => 1 / pageMs),
    times(({ readMs }) => readMs),
    times(({ redecideMs }) => redecideMs),
  ]
}

export function growthTable(points: readonly GrowthPoint[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [headings, headings.map(() => '---:'), ...points.map(cellsOf), growthOf(points)].map(line).join('\n')
}

/** The table as the documentation holds it, with the machine it was taken on. */
export const describeGrowth = ({ environment, points }: Growth): string =>
  [...describeMachine(environment).map((line) => `- ${line}`), '', growthTable(points)].join('\n')
