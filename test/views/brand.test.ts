import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { brandStylesheet, checkBrandContrast, contrast } from '../../views/brand.ts'
import { colourfulBrand } from '../../views/fixture.ts'

const readable = {
  accent: '#8f2d14',
  accentText: '#ffffff',
  accentDark: '#f5ab93',
  accentTextDark: '#35100a',
}
const colour = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`)

describe('The colours of a brand', () => {
  it('are measured as WCAG does', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5)
    expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2)
    expect(contrast('red', '#ffffff')).toBe(0)
  })

  it('pass when everything can be read, and then reach the stylesheet', () => {
    expect(checkBrandContrast(readable)).toEqual([])
    const css = brandStylesheet(colourfulBrand)
    expect(css).toContain('--accent:#8f2d14')
    expect(css).toContain('prefers-color-scheme:dark')
  })

  it('are refused below 4.5:1, with the nearest colour that passes', () => {
    const findings = checkBrandContrast({ ...readable, accent: '#e8956b' })
    expect(findings.map(({ setting }) => setting)).toContain('accent')
    for (const { ratio, needed } of findings) expect(ratio).toBeLessThan(needed)
    const onSurface = findings.find(({ pair }) => pair === 'accent on light surface')
    expect(contrast(onSurface?.proposal ?? '', '#ffffff')).toBeGreaterThanOrEqual(4.5)
  })

  it('never bring anything but colours into the stylesheet', () => {
    const accent = '#fff}body{background:url(//evil.example)}'
    expect(checkBrandContrast({ ...readable, accent })).not.toEqual([])
    expect(brandStylesheet({ ...colourfulBrand, theme: { ...readable, accent } })).not.toContain('evil')
  })

  it('propose something readable whatever was asked for', () => {
    fc.assert(
      fc.property(colour, (accent) => {
        for (const { pair, proposal } of checkBrandContrast({ ...readable, accent })) {
          if (pair === 'accent on light surface') {
            expect(contrast(proposal, '#ffffff')).toBeGreaterThanOrEqual(4.5)
          }
        }
      }),
      { numRuns: 200 },
    )
  })
})
