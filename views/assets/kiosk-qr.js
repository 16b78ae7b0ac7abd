// @ts-check
import { encode } from './vendor/uqr.js'

/**
 * Draws the code of an address into the box, with the quiet zone of four modules that cameras need (ISO/IEC 18004).
 * @param {Element} box
 * @param {string} text
 */
export function drawQr(box, text) {
  const { data, size } = encode(text, { ecc: 'M', border: 4 })
  const name = 'http://www.w3.org/2000/svg'
  const svg = document.createElementNS(name, 'svg')
  const path = document.createElementNS(name, 'path')
  svg.setAttribute('viewBox', `0 0 ${size} ${size}`)
  svg.setAttribute('aria-hidden', 'true')
  path.setAttribute(
    'd',
    data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ''))).join(''),
  )
  svg.append(path)
  box.replaceChildren(svg)
}
