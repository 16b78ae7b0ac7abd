import type { BrandModel, BrandTheme } from './page-context.ts'

/** WCAG 2.2, 1.4.3: text of any size, because a brand's colour is used for both. */
const textContrast = 4.5

/** Backgrounds the brand's colour meets; the same as in placet.css. */
const light = { surface: '#ffffff', ground: '#f2f5f6', tint: 0.1 }
const dark = { surface: '#172127', ground: '#0e161a', tint: 0.18 }

export interface ContrastFinding {
  /** What would be hard to read, such as `accent on ground`. */
  readonly pair: string
  readonly setting: keyof BrandTheme
  readonly ratio: number
  readonly needed: number
  /** The nearest colour that passes, towards black or white. */
  readonly proposal: string
}

/** Empty when the theme may be saved. A colour that is not `#rrggbb` is found too: it never reaches a stylesheet. */
export function checkBrandContrast(theme: BrandTheme): readonly ContrastFinding[] {
  return [
    ...check(theme, 'accent', 'light surface', light.surface, 'black'),
    ...check(theme, 'accent', 'light ground', light.ground, 'black'),
    ...check(theme, 'accent', 'light tint', mix(theme.accent, light.surface, light.tint), 'black'),
    ...check(theme, 'accentText', 'accent', theme.accent, towardsContrast(theme.accent)),
    ...check(theme, 'accentDark', 'dark surface', dark.surface, 'white'),
    ...check(theme, 'accentDark', 'dark ground', dark.ground, 'white'),
    ...check(theme, 'accentDark', 'dark tint', mix(theme.accentDark, dark.surface, dark.tint), 'white'),
    ...check(theme, 'accentTextDark', 'accentDark', theme.accentDark, towardsContrast(theme.accentDark)),
  ]
}

function check(
  theme: BrandTheme,
  setting: keyof BrandTheme,
  on: string,
  background: string,
  towards: 'black' | 'white',
): ContrastFinding[] {
  const colour = theme[setting]
  const ratio = contrast(colour, background)
  if (ratio >= textContrast) return []
  return [
    {
      pair: `${setting} on ${on}`,
      setting,
      ratio: Math.floor(ratio * 100) / 100,
      needed: textContrast,
      proposal: nearest(colour, background, towards),
    },
  ]
}

function nearest(colour: string, background: string, towards: 'black' | 'white'): string {
  const end = towards === 'black' ? '#000000' : '#ffffff'
  for (let share = 0; share <= 1; share += 0.02) {
    const candidate = mix(end, colour, share)
    if (contrast(candidate, background) >= textContrast) return candidate
  }
  return end
}

/** A theme that fails the check is left out: the brand then has Placet's own colours, which pass. */
export function brandStylesheet(brand: BrandModel): string {
  const { theme } = brand
  if (!theme || checkBrandContrast(theme).length > 0) return '/* Placet colours */\n'
  const tokens = (accent: string, text: string, scheme: typeof light) =>
    `--accent:${accent};--accent-text:${text};--accent-tint:${mix(accent, scheme.surface, scheme.tint)};`
  return [
    `:root{${tokens(theme.accent, theme.accentText, light)}--band:${theme.accent};--band-text:${theme.accentText}}`,
    '@media (prefers-color-scheme:dark){',
    `:root{${tokens(theme.accentDark, theme.accentTextDark, dark)}`,
    `--band:${mix(theme.accent, dark.ground, 0.3)};--band-text:#f4f7f8}}`,
    '',
  ].join('\n')
}

function channels(colour: string): [number, number, number] | undefined {
  const found = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour)
  if (!found) return undefined
  const [, red = '', green = '', blue = ''] = found
  return [Number.parseInt(red, 16), Number.parseInt(green, 16), Number.parseInt(blue, 16)]
}

/** Relative luminance as WCAG defines it. */
function luminance(rgb: readonly [number, number, number]): number {
  const [red, green, blue] = rgb.map((value) => {
    const share = value / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0)
}

/** From 1 to 21; 0 when one of them is no colour. */
export function contrast(one: string, other: string): number {
  const [a, b] = [channels(one), channels(other)]
  if (!a || !b) return 0
  const [lighter, darker] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return ((lighter ?? 0) + 0.05) / ((darker ?? 0) + 0.05)
}

function mix(over: string, under: string, share: number): string {
  const [a, b] = [channels(over), channels(under)]
  if (!a || !b) return under
  return `#${a
    .map((value, i) => Math.round(value * share + (b[i] ?? 0) * (1 - share)))
    .map((value) => value.toString(16).padStart(2, '0'))
    .join('')}`
}

function towardsContrast(background: string): 'black' | 'white' {
  return contrast(background, '#ffffff') >= contrast(background, '#000000') ? 'white' : 'black'
}
