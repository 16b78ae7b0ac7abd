export interface DifferencePart {
  readonly kind: 'same' | 'added' | 'removed'
  readonly text: string
}

/** Words with the space after them, and what stands between words as pieces of its own: "ofertas." holds two. */
const wordsOf = (text: string): string[] =>
  text.match(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*\s*|[^\p{L}\p{N}\s]\s*|\s+/gu) ?? []

const sentencesOf = (text: string): string[] => text.match(/[^.?!]+[.?!]*\s*|[.?!]+\s*/g) ?? []

/** Square tables up to here take milliseconds; two whole privacy policies are compared by the sentence. */
const mostCells = 1_000_000

/** Longest common subsequence, word by word. */
export function differenceOf(before: string, after: string): DifferencePart[] {
  const [words, newWords] = [wordsOf(before), wordsOf(after)]
  const isSmall = words.length * newWords.length <= mostCells
  return isSmall ? align(words, newWords) : align(sentencesOf(before), sentencesOf(after))
}

function align(a: readonly string[], b: readonly string[]): DifferencePart[] {
  const common = commonLengths(a, b)
  const parts: DifferencePart[] = []
  let i = 0
  let j = 0
  while (i < a.length || j < b.length) {
    const [old, fresh] = [a[i], b[j]]
    if (old !== undefined && fresh !== undefined && old.trim() === fresh.trim()) {
      append(parts, 'same', fresh)
      i += 1
      j += 1
    } else if (old !== undefined && (fresh === undefined || at(common, i + 1, j) >= at(common, i, j + 1))) {
      append(parts, 'removed', old)
      i += 1
    } else if (fresh !== undefined) {
      append(parts, 'added', fresh)
      j += 1
    }
  }
  return parts
}

const at = (table: readonly (readonly number[])[], i: number, j: number): number => table[i]?.[j] ?? 0

function commonLengths(a: readonly string[], b: readonly string[]): number[][] {
  const table = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0))
  for (let i = a.length - 1; i >= 0; i -= 1) {
    const row = table[i]
    for (let j = b.length - 1; row && j >= 0; j -= 1) {
      row[j] =
        a[i]?.trim() === b[j]?.trim()
          ? at(table, i + 1, j + 1) + 1
          : Math.max(at(table, i + 1, j), at(table, i, j + 1))
    }
  }
  return table
}

function append(parts: DifferencePart[], kind: DifferencePart['kind'], text: string): void {
  const last = parts.at(-1)
  if (last?.kind === kind) parts[parts.length - 1] = { kind, text: last.text + text }
  else parts.push({ kind, text })
}
