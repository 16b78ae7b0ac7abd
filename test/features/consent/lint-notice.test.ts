import { describe, expect, it, test } from 'vitest'
import { accountNotices } from '../../../src/compose/standard-registry.ts'
import { type LintedNotice, lintNotice } from '../../../src/features/consent/notices/lint-notice.ts'
import { readingEase, sentencesOf } from '../../../src/features/consent/notices/readability.ts'

const good: LintedNotice = {
  language: 'es',
  title: 'Novedades y ofertas',
  summary: 'Te escribimos por correo cuando hay rebajas o ropa nueva. Correo Claro envía los mensajes.',
  text: 'Usamos tu correo y tu nombre para contarte qué hay de nuevo en la tienda. Correo Claro envía los mensajes por nosotros. Guardamos estos datos hasta que lo dejes. Para dejarlo, entra en Permisos y di que no. Es gratis y tarda un momento.',
}
const subject = { bases: ['consent'], recipients: ['Correo Claro'] } as const
const codes = (change: Partial<LintedNotice>, about: Parameters<typeof lintNotice>[1] = subject) =>
  lintNotice({ ...good, ...change }, about).map(({ code }) => code)

test('a plain wording that tells what is done, by whom, for how long and how to stop it has no findings', () => {
  expect(lintNotice(good, subject)).toEqual([])
})

describe('Dark patterns are found by code and place', () => {
  it.each([
    ['vague', 'Podemos usar tus datos.'],
    ['vague', 'Los damos a terceros seleccionados.'],
    ['empty-promise', 'Es para mejorar tu experiencia.'],
    ['pressure', 'No te pierdas las rebajas.'],
    ['shaming', 'No me importa perder dinero.'],
    ['opt-out-wording', 'Marca la casilla si no lo quieres.'],
    ['bundled', 'Al continuar, aceptas los mensajes.'],
    ['double-negative', 'No queremos dejar de escribirte.'],
    ['shouting', 'Rebajas para ti!'],
  ])('%s in «%s»', (code, sentence) => {
    const findings = lintNotice({ ...good, text: `${good.text} ${sentence}` }, subject)
    expect(findings.map((finding) => finding.code)).toContain(code)
    const found = findings.find((finding) => finding.code === code)
    const text = `${good.text} ${sentence}`
    expect(text.slice(found?.start, found?.end)).toBe(found?.excerpt)
    expect(found?.start).toBeGreaterThanOrEqual(good.text.length)
  })

  it.each([
    ['vague', 'We may share your data.'],
    ['empty-promise', 'This is to improve your experience.'],
    ['opt-out-wording', 'Tick this box if you do not want it.'],
    ['bundled', 'By signing up you agree to our mails.'],
    ['double-negative', 'You will not receive them unless you ask.'],
  ])('%s in “%s”', (code, text) => {
    expect(
      lintNotice(
        { language: 'en', title: 'News', summary: 'We write to you.', text },
        { bases: ['contract'], recipients: [] },
      ).map((one) => one.code),
    ).toContain(code)
  })

  it('a word that only contains a forbidden one is left alone, and so is Spanish concord', () => {
    expect(codes({ text: `${good.text} Mayo es un mes largo. No vendemos nunca tus datos.` })).toEqual([])
  })
})

describe('Hard reading is found', () => {
  it('a sentence of more than 25 words, at its place', () => {
    const long = `${Array(26).fill('pan').join(' ')}.`
    const [finding] = lintNotice({ ...good, summary: `Hola. ${long}` }, subject)
    expect(finding).toMatchObject({ code: 'sentence-too-long', part: 'summary', start: 6, excerpt: long })
    expect(codes({ summary: `${Array(25).fill('pan').join(' ')}.` })).toEqual([])
  })

  it('a text below 55 on the INFLESZ scale', () => {
    const heavy =
      'La comunicación electrónica personalizada de informaciones comerciales relativas a promociones extraordinarias fundamentará su legitimación en la manifestación inequívoca de voluntad. Conservaremos determinadas informaciones identificativas hasta que procedas a la retirada correspondiente. Correo Claro participará.'
    expect(readingEase(heavy, 'es')).toBeLessThan(30)
    expect(codes({ text: heavy })).toContain('hard-to-read')
    expect(readingEase(good.text, 'es')).toBeGreaterThan(65)
  })

  it('English by the scale of Flesch, and nothing where too little is said to measure', () => {
    expect(
      readingEase(
        'The cat sat on the mat. It was a warm day and the sun was out. We had tea and then we all went home.',
        'en',
      ),
    ).toBeGreaterThan(90)
    expect(readingEase('A word.', 'en')).toBeUndefined()
  })

  it.each([
    ['ciudad de guerra y paz', 5],
    ['Tú y yo. ¿Y él? Sí: los tres', 4],
  ])('«%s» is parted into sentences', (text, most) => {
    expect(sentencesOf(text).length).toBeLessThanOrEqual(most)
  })
})

describe('What a notice has to tell (GDPR Art. 13)', () => {
  it('each recipient by name', () => {
    expect(lintNotice(good, { ...subject, recipients: ['Correo Claro', 'AdNet'] })).toEqual([
      { code: 'missing-recipient', part: 'text', start: 0, end: 0, excerpt: 'AdNet' },
    ])
  })

  it('for how long, and how to stop it; of a contract only the first', () => {
    const bare = { summary: 'Te escribimos.', text: 'Correo Claro te escribe.' }
    expect(codes(bare)).toEqual(['missing-retention', 'missing-withdrawal'])
    expect(codes(bare, { ...subject, bases: ['contract'] })).toEqual(['missing-retention'])
    expect(codes(bare, { ...subject, bases: ['legitimate_interest'] })).toEqual([
      'missing-retention',
      'missing-withdrawal',
    ])
  })

  it('a language that cannot be measured still has to name the recipients and keep its sentences short', () => {
    expect(codes({ language: 'eu', text: 'Kaixo.', summary: 'Kaixo.' })).toEqual(['missing-recipient'])
  })
})

test("the house's own notices pass their own linter", () => {
  for (const notice of accountNotices)
    expect(lintNotice(notice, { bases: ['contract'], recipients: [] })).toEqual([])
})
