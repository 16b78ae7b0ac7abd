import type { Knex } from 'knex'
import { purposes } from '../../../demo/seed/purposes.ts'
import { seeder, seedPurposes } from '../../../demo/seed/seed-registry.ts'
import { publishNotice } from '../../../src/features/consent/index.ts'
import type { TestApp } from '../../support/app.ts'

/** A purpose that reaches special categories (GDPR Art. 9), with words for kiosks. */
export async function publishAllergies(app: TestApp, owner: Knex): Promise<void> {
  await owner('attributes').insert({
    attribute_id: 'allergies',
    claim: 'allergies',
    value_schema: JSON.stringify({ type: 'string' }),
    labels: JSON.stringify({ es: 'Alergias', en: 'Allergies' }),
    reasons: JSON.stringify({
      es: 'Para no proponerte lo que te sienta mal',
      en: 'To leave out what harms you',
    }),
    sensitivity: 'special',
    retention: 'while the account exists',
    position: 99,
  })
  const [, like] = purposes
  if (like === undefined) throw new Error('there is no purpose to begin with')
  const wording = {
    language: 'es' as const,
    title: 'Alergias',
    summary: 'Consejos sin lo que te sienta mal.',
    text: 'Comercial Norte, S. L. usará tus alergias para aconsejarte. Puedes retirarlo cuando quieras.',
  }
  await seedPurposes(app.house, [
    {
      draft: { ...like.draft, id: 'food.advice', attributes: ['allergies'], position: 30 },
      notices: [wording, { ...wording, language: 'en' }],
    },
  ])
  const { consoleWork, platform, registry } = app.house
  await publishNotice(
    { work: consoleWork, clock: platform.clock },
    {
      actor: seeder,
      notice: {
        ...wording,
        id: 'food-advice-kiosk',
        version: 1,
        surface: 'kiosk',
        purpose: 'food.advice',
        purposeVersion: registry.current().active.get('food.advice')?.version ?? 0,
      },
    },
  )
  await registry.refresh()
}
