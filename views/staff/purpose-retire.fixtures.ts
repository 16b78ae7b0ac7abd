import { fixturesOf } from '../fixture.ts'
import type { Language } from '../page-context.ts'
import { exampleMenu } from './example-menu.ts'
import { type PurposeRetireModel, PurposeRetireView } from './purpose-retire.tsx'

const page = { menu: exampleMenu('/dpo/purposes') }

const retire = (language: Language): PurposeRetireModel => ({
  title: language === 'es' ? 'Ofertas y novedades' : 'Offers and news',
  href: '/dpo/purposes/marketing.direct',
  reason: '',
  permittedToday: 184_210,
})

export const purposeRetireFixtures = fixturesOf(PurposeRetireView, {
  default: { modelIn: retire, page },
  'field errors': {
    modelIn: retire,
    page: { ...page, fieldErrors: [{ field: 'reason', code: 'retire-reason-missing' }] },
  },
})
