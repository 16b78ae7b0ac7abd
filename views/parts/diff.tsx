import { differenceOf } from './word-difference.ts'

/** A text that changed, with what was taken out and what was put in marked as such. */
export function Diff({ before, after }: { before: string; after: string }) {
  return (
    <p>
      {differenceOf(before, after).map(({ kind, text }, position) => {
        const key = `${position}${kind}`
        if (kind === 'added') return <ins key={key}>{text}</ins>
        if (kind === 'removed') return <del key={key}>{text}</del>
        return <span key={key}>{text}</span>
      })}
    </p>
  )
}
