import { encode } from 'uqr'

/** Data codewords of each block at level M, by version (ISO/IEC 18004, table 9): those that addresses of ours come to. */
const blocksAtM: Readonly<Record<number, readonly number[]>> = {
  7: [31, 31, 31, 31],
  8: [38, 38, 39, 39],
  9: [36, 36, 36, 37, 37],
  10: [43, 43, 43, 43, 44],
  11: [50, 51, 51, 51, 51],
  12: [36, 36, 36, 36, 36, 36, 37, 37],
}

const masks: readonly ((x: number, y: number) => boolean)[] = [
  (x, y) => (x + y) % 2 === 0,
  (_, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
]

/** Modules that hold data, in the order in which they are read: two columns at a time, from the right, up and down. */
function* dataModules(size: number, isFunction: (x: number, y: number) => boolean) {
  let upwards = true
  for (let right = size - 1; right > 0; right -= 2) {
    if (right === 6) right = 5
    for (let step = 0; step < size; step += 1) {
      const y = upwards ? size - 1 - step : step
      for (const x of [right, right - 1]) if (!isFunction(x, y)) yield { x, y }
    }
    upwards = !upwards
  }
}

/**
 * Reads the text of a code as our pages draw it: whole, at level M, in bytes. Where the fixed patterns lie is taken from
 * the library that drew it; what the modules say is not.
 */
export function readQr(path: string): string {
  const dark = new Set([...path.matchAll(/M(\d+) (\d+)h1v1h-1z/g)].map(([, x, y]) => `${x} ${y}`))
  const furthest = Math.max(...[...dark].map((at) => Number(at.split(' ')[0])))
  const border = 4
  const size = furthest - border + 1
  const version = (size - 17) / 4
  const { types } = encode('', { ecc: 'M', border: 0, minVersion: version, maxVersion: version })
  const isDark = (x: number, y: number) => dark.has(`${x + border} ${y + border}`)
  // Bits 2 to 4 of the format information beside the first finder pattern, which is masked itself.
  const maskBits = [2, 3, 4].map((x) => Number(isDark(x, 8)))
  const mask = masks[Number.parseInt(maskBits.join(''), 2) ^ 0b101]
  const blocks = blocksAtM[version]
  if (mask === undefined || blocks === undefined)
    throw new Error(`no code of version ${version} is expected here`)
  const bits = [...dataModules(size, (x, y) => types[y]?.[x] !== 0)].map(({ x, y }) =>
    Number(isDark(x, y) !== mask(x, y)),
  )
  const codewords = Array.from({ length: bits.length >> 3 }, (_, place) =>
    Number.parseInt(bits.slice(place * 8, place * 8 + 8).join(''), 2),
  )
  const read = blocks.map((): number[] => [])
  let next = 0
  for (let row = 0; row < Math.max(...blocks); row += 1) {
    for (const [block, length] of blocks.entries()) {
      if (row < length) read[block]?.push(codewords[next++] ?? 0)
    }
  }
  const data = read
    .flat()
    .map((word) => word.toString(2).padStart(8, '0'))
    .join('')
  const lengthBits = version < 10 ? 8 : 16
  if (data.slice(0, 4) !== '0100') throw new Error('the code is not in bytes')
  const length = Number.parseInt(data.slice(4, 4 + lengthBits), 2)
  const bytes = Array.from({ length }, (_, place) =>
    Number.parseInt(data.slice(4 + lengthBits + place * 8, 12 + lengthBits + place * 8), 2),
  )
  return Buffer.from(bytes).toString('utf8')
}
