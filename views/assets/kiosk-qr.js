// @ts-check
// A QR code (ISO/IEC 18004) of a short address: bytes, error correction M, versions 1 to 6, which hold up to 106 letters.

/** Of each version: codewords for data, blocks, and codewords for correction in each block. */
const versions = [
  [16, 1, 10],
  [28, 1, 16],
  [44, 1, 26],
  [64, 2, 18],
  [86, 2, 24],
  [108, 4, 16],
]

const exp = new Uint8Array(255)
const log = new Uint8Array(256)
for (let i = 0, x = 1; i < 255; i += 1) {
  exp[i] = x
  log[x] = i
  x = (x << 1) ^ (x & 0x80 ? 0x11d : 0)
}
const times = (/** @type {number} */ a, /** @type {number} */ b) =>
  a && b ? (exp[((log[a] ?? 0) + (log[b] ?? 0)) % 255] ?? 0) : 0

/**
 * What is left of the data divided by the generator of this degree (Reed-Solomon).
 * @param {number[]} data
 * @param {number} degree
 */
function correction(data, degree) {
  let generator = [1]
  for (let i = 0; i < degree; i += 1) {
    const root = exp[i] ?? 0
    const next = [...generator, 0]
    generator.forEach((value, at) => {
      next[at + 1] = (next[at + 1] ?? 0) ^ times(value, root)
    })
    generator = next
  }
  const rest = [...data, ...Array(degree).fill(0)]
  for (let i = 0; i < data.length; i += 1) {
    const factor = rest[i]
    generator.forEach((value, at) => {
      rest[i + at] ^= times(value, factor)
    })
  }
  return rest.slice(data.length)
}

/**
 * @param {Uint8Array} bytes
 * @param {number[]} version
 */
function codewords(bytes, [capacity = 0, blocks = 1, degree = 0]) {
  const bits = [0, 1, 0, 0]
  const put = (/** @type {number} */ byte) => {
    for (let bit = 7; bit >= 0; bit -= 1) bits.push((byte >> bit) & 1)
  }
  put(bytes.length)
  bytes.forEach(put)
  // Mode and length are twelve bits, so four end the message on a byte.
  bits.push(0, 0, 0, 0)
  for (let pad = 0xec; bits.length < capacity * 8; pad ^= 0xfd) put(pad)
  const data = Array.from({ length: capacity }, (_, at) =>
    Number.parseInt(bits.slice(at * 8, at * 8 + 8).join(''), 2),
  )
  const each = capacity / blocks
  const parts = Array.from({ length: blocks }, (_, at) => data.slice(at * each, (at + 1) * each))
  const weave = (/** @type {number[][]} */ all) =>
    (all[0] ?? []).flatMap((_, at) => all.map((one) => one[at] ?? 0))
  return [...weave(parts), ...weave(parts.map((part) => correction(part, degree)))]
}

/** @type {((x: number, y: number) => boolean)[]} */
const masks = [
  (x, y) => (x + y) % 2 === 0,
  (_, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
]

/**
 * Rows of dark (true) and light modules; undefined for a text that is too long.
 * @param {string} text
 * @param {number} [mask] the one that reads best when left out
 * @returns {boolean[][] | undefined}
 */
export function qrMatrix(text, mask) {
  const bytes = new TextEncoder().encode(text)
  const at = versions.findIndex(([capacity = 0]) => bytes.length + 2 <= capacity)
  const version = versions[at]
  if (version === undefined) return undefined
  const words = codewords(bytes, version)
  if (mask !== undefined) return draw(words, at + 1, mask)
  const all = masks.map((_, one) => draw(words, at + 1, one))
  return all.reduce((best, one) => (penalty(one) < penalty(best) ? one : best))
}

/**
 * @param {number[]} words
 * @param {number} version
 * @param {number} mask
 */
function draw(words, version, mask) {
  const size = 17 + 4 * version
  /** @type {(boolean | undefined)[][]} */
  const cells = Array.from({ length: size }, () => Array(size).fill(undefined))
  const set = (/** @type {number} */ x, /** @type {number} */ y, /** @type {boolean} */ dark) => {
    const row = cells[y]
    if (row && x >= 0 && x < size) row[x] = dark
  }
  for (let i = 0; i < size; i += 1) {
    set(6, i, i % 2 === 0)
    set(i, 6, i % 2 === 0)
  }
  const rings = (/** @type {number} */ cx, /** @type {number} */ cy, /** @type {number} */ reach) => {
    for (let dy = -reach; dy <= reach; dy += 1) {
      for (let dx = -reach; dx <= reach; dx += 1) {
        const ring = Math.max(Math.abs(dx), Math.abs(dy))
        set(cx + dx, cy + dy, reach === 2 ? ring !== 1 : ring !== 2 && ring !== 4)
      }
    }
  }
  for (const [x = 0, y = 0] of [
    [3, 3],
    [size - 4, 3],
    [3, size - 4],
  ])
    rings(x, y, 4)
  if (version > 1) rings(size - 7, size - 7, 2)
  let rest = mask << 10
  for (let bit = 14; bit >= 10; bit -= 1) if ((rest >> bit) & 1) rest ^= 0x537 << (bit - 10)
  const format = ((mask << 10) | rest) ^ 0x5412
  for (let i = 0; i < 15; i += 1) {
    const dark = ((format >> i) & 1) === 1
    if (i < 8) set(size - 1 - i, 8, dark)
    else set(8, size - 15 + i, dark)
    if (i < 6) set(8, i, dark)
    else if (i < 8) set(8, i + 1, dark)
    else set(i === 8 ? 7 : 14 - i, 8, dark)
  }
  set(8, size - 8, true)
  let bit = 0
  for (let right = size - 1; right >= 1; right -= 2) {
    if (right === 6) right = 5
    for (let step = 0; step < size; step += 1) {
      const y = ((right + 1) & 2) === 0 ? size - 1 - step : step
      for (const x of [right, right - 1]) {
        if (cells[y]?.[x] !== undefined) continue
        const word = words[bit >> 3] ?? 0
        set(x, y, (((word >> (7 - (bit & 7))) & 1) === 1) !== masks[mask]?.(x, y))
        bit += 1
      }
    }
  }
  return cells.map((row) => row.map((dark) => dark === true))
}

/** How hard it is to read: long runs, blocks, and more of one colour than of the other. @param {boolean[][]} rows */
function penalty(rows) {
  const columns = rows.map((_, x) => rows.map((row) => row[x] === true))
  let points = 0
  for (const line of [...rows, ...columns]) {
    const text = line.map((dark) => (dark ? '1' : '0')).join('')
    for (const run of text.match(/0{5,}|1{5,}/g) ?? []) points += run.length - 2
    points += 40 * (text.match(/(?=10111010000|00001011101)/g) ?? []).length
  }
  let dark = 0
  rows.forEach((row, y) => {
    row.forEach((one, x) => {
      if (one) dark += 1
      const next = rows[y + 1]
      if (next && x + 1 < row.length && one === row[x + 1] && one === next[x] && one === next[x + 1])
        points += 3
    })
  })
  return points + 10 * Math.floor(Math.abs((dark * 20) / rows.length ** 2 - 10))
}

/**
 * Draws it into the box, with the quiet zone of four modules that cameras need.
 * @param {Element} box
 * @param {string} text
 */
export function drawQr(box, text) {
  const rows = qrMatrix(text)
  const name = 'http://www.w3.org/2000/svg'
  const svg = document.createElementNS(name, 'svg')
  const path = document.createElementNS(name, 'path')
  const side = (rows?.length ?? 0) + 8
  svg.setAttribute('viewBox', `0 0 ${side} ${side}`)
  svg.setAttribute('aria-hidden', 'true')
  path.setAttribute(
    'd',
    (rows ?? [])
      .flatMap((row, y) => row.map((dark, x) => (dark ? `M${x + 4} ${y + 4}h1v1h-1z` : '')))
      .join(''),
  )
  svg.append(path)
  box.replaceChildren(svg)
}
