import { load } from 'cheerio'
import { describe, expect, it } from 'vitest'
import { gallery } from '../../views/gallery.ts'

function shown(id: string, state = 'default') {
  const entry = gallery.find((candidate) => candidate.id === id)
  if (!entry) throw new Error(`no page ${id}`)
  return load(entry.render(state, 'es'))
}

const wordsIn = (sentence: string) => sentence.split(/\s+/).filter(Boolean).length

describe('Asking Ana for consent', () => {
  it('presets no answer, in the prompt or when sharing with a third party', () => {
    expect(shown('sign-in/preferences')('input[type=radio][checked]')).toHaveLength(0)
    expect(shown('sign-in/authorize-client')('input[type=checkbox][checked]')).toHaveLength(0)
  })

  it('shows what she answered before, which is how the test above would notice a preset', () => {
    expect(shown('sign-in/preferences', 'answered')('input[type=radio][checked]')).toHaveLength(2)
  })

  it.each([
    ['sign-in/preferences', 'yes', 'no'],
    ['privacy-centre/permissions', 'yes', 'no'],
    ['sign-in/authorize-client', 'share', 'refuse'],
  ])('gives yes and no the same component, class and number of clicks on %s', (id, yes, no) => {
    const $ = shown(id)
    const [first, second] = $('.pair[data-equal] button').toArray()
    const looks = (element: typeof first) => ({ ...element?.attribs, value: undefined })
    expect($(first).attr('value')).toBe(yes)
    expect($(second).attr('value')).toBe(no)
    expect(looks(second)).toEqual(looks(first))
    expect($(first).parent().parent().is($(second).parent().parent())).toBe(true)
  })

  it('pins the notice, its version, language and hash beside each answer', () => {
    const $ = shown('sign-in/preferences')
    for (const radio of $('input[type=radio][value=yes]').toArray()) {
      const key = $(radio).attr('name')?.replace('choice.', '')
      const pinned = $(`input[name="shown.${key}"]`).attr('value')?.split('|')
      expect(pinned).toHaveLength(4)
      expect(pinned?.[2]).toBe('es')
    }
  })

  it('asks one question per purpose and contact channel, and names the purpose to screen readers', () => {
    const $ = shown('sign-in/preferences')
    const groups = $('[role=radiogroup]').toArray()
    expect(groups).toHaveLength(3)
    const names = groups.map((group) => $(`[id="${$(group).attr('aria-labelledby')}"]`).text())
    expect(names[0]).toContain('Ofertas y novedades: Correo electrónico')
    expect(new Set(names).size).toBe(3)
  })

  it('says that silence is a no, and lets her decide later', () => {
    const $ = shown('sign-in/preferences')
    expect($('main').text()).toContain('Si dejas algo sin contestar, lo tomamos como un no.')
    expect($('button[name=decide][value=later]')).toHaveLength(1)
  })

  it('keeps each sentence of a consent line within 25 words', () => {
    for (const id of ['sign-in/preferences', 'privacy-centre/permissions']) {
      const $ = shown(id)
      const lines = $('[data-consent-line]').toArray()
      expect(lines.length).toBeGreaterThan(0)
      for (const line of lines) {
        for (const sentence of $(line).text().split('.')) expect(wordsIn(sentence)).toBeLessThanOrEqual(25)
      }
    }
  })

  it('tells in the second layer which data, who receives it, how long and how to stop', () => {
    const $ = shown('sign-in/preferences')
    const labels = $('.details dt')
      .toArray()
      .map((term) => $(term).text())
    for (const label of ['Qué datos', 'Quién los recibe', 'Cuánto tiempo', 'Cómo pararlo']) {
      expect(labels).toContain(label)
    }
  })

  it('marks what was taken out and put in when a text changed', () => {
    const $ = shown('sign-in/preferences', 'text changed')
    expect($('ins').length).toBeGreaterThan(0)
    expect($('del').length).toBeGreaterThan(0)
  })

  it('shows a legitimate interest as something to object to, never as a yes or no', () => {
    const $ = shown('privacy-centre/permissions')
    const interests = $('section[aria-labelledby=interests]')
    expect(interests.find('input[type=radio]')).toHaveLength(0)
    expect(interests.find('button').text()).toContain('Oponerme')
  })
})
