import { expect, test } from 'vitest'
import type { LintReport, PurposePreview } from '../../src/cli/command-house.ts'
import { environment, placet } from './run-placet.ts'

const report: LintReport = {
  findings: [
    {
      notice: 'news',
      language: 'es',
      surface: 'kiosk',
      part: 'text',
      start: 3,
      end: 10,
      code: 'vague',
      excerpt: 'podemos',
    },
  ],
  impact: { kind: 'material', askedAgain: 1204, permittedToday: 1300 },
}
/** Named and never reached: the house these commands open is given to them. */
const env = { ...environment, DATABASE_URL: 'postgres://nobody@localhost/nothing' }
const clean: LintReport = { ...report, findings: [] }
const input = '{"purpose":{},"notices":[]}'

const shown: PurposePreview = {
  language: 'es',
  surface: 'kiosk',
  version: 3,
  title: 'Ofertas',
  summary: 'Recibir ofertas.',
  text: 'Tienda Norte te enviará ofertas.',
  controller: 'Comercial Norte, S. L.',
  data: ['Correo electrónico'],
  recipients: ['Correo Norte'],
  retention: 'Hasta que lo retires',
  howToStop: 'En tu centro de privacidad',
  asked: ['email'],
  changed: true,
}

const purposes = (lint: LintReport) => ({
  purposes: {
    list: async () => [
      {
        id: 'marketing.direct',
        version: 2,
        class: 'marketing',
        bases: ['consent'],
        contactChannels: ['email'],
      },
    ],
    lint: async () => lint,
    publish: async () => ({ ...lint, version: 3 }),
    preview: async () => [shown],
    discard: async () => 4,
    retire: async () => undefined,
    exportDpv: async () => ({ '@graph': [] }),
  },
})

test('lint names each place, says who would be asked again, and exits 3 while there is something', async () => {
  const found = await placet(['purpose', 'lint', '-'], { env, input, house: purposes(report) })
  expect(found.code).toBe(3)
  expect(found.out).toContain('news (es, kiosk) text 3–10: vague «podemos»')
  expect(found.out).toContain('1204 people will be asked again')
  expect((await placet(['purpose', 'lint', '-'], { env, input, house: purposes(clean) })).code).toBe(0)
})

test('list, publish and export say what they did, in words and in JSON', async () => {
  expect((await placet(['purpose', 'list'], { env, house: purposes(clean) })).out).toBe(
    'marketing.direct\t2\tconsent\temail\n',
  )
  const published = await placet(['purpose', 'publish', '-'], { env, input, house: purposes(clean) })
  expect(published.out).toContain('Version 3 is in force.')
  expect((await placet(['purposes', 'export', '--dpv'], { env, house: purposes(clean) })).json()).toEqual({
    '@graph': [],
  })
})

test('preview lays the card out in text; discard and retire say what they did', async () => {
  const house = purposes(clean)
  const preview = await placet(['purpose', 'preview', '-'], { env, input, house })
  expect(preview.out).toContain('[es, kiosk] Ofertas (version 3, shown with what changed)')
  expect(preview.out).toContain('asked: email')
  expect((await placet(['purpose', 'preview', '-', '--json'], { env, input, house })).json()).toEqual([shown])
  expect((await placet(['purpose', 'discard', 'a.b'], { env, house })).out).toContain('Version 4 of a.b')
  expect((await placet(['purpose', 'retire', 'a.b'], { env, house })).code).toBe(2)
  const retired = await placet(['purpose', 'retire', 'a.b', '--reason', 'No se usa'], { env, house })
  expect(retired.out).toContain('a.b is retired.')
})

test('explain without a person or purpose is a usage error; somebody unknown is a failure', async () => {
  expect((await placet(['explain', '--purpose', 'marketing.direct'])).code).toBe(2)
  const nobody = await placet(['explain', '--subject', 'x', '--purpose', 'y'], {
    env,
    house: { decisions: { explain: async () => undefined } },
  })
  expect(nobody.code).toBe(1)
  expect(nobody.err).toContain('There is no such person.')
})
