import { exampleNow, fixturesOf } from '../fixture.ts'
import type { Language } from '../page-context.ts'
import { exampleMenu } from './example-menu.ts'
import { type PurposeLineModel, type PurposesModel, PurposesView } from './purposes.tsx'

const page = { menu: exampleMenu('/dpo/purposes') }

const offers = (language: Language): PurposeLineModel => ({
  id: 'marketing.direct',
  title: language === 'es' ? 'Ofertas y novedades' : 'Offers and news',
  href: '/dpo/purposes/marketing.direct',
  state: 'active',
  version: 3,
  bases: ['consent'],
  contactChannels: ['email', 'sms'],
  draftWaits: true,
  answers: { yes: 184_210, no: 143_002, nothing: 72_788, countedAt: exampleNow },
  campaign: { href: '/dpo/campaigns/1', asked: 12_400, audience: 61_000 },
})

const lines = (language: Language): readonly PurposeLineModel[] => [
  offers(language),
  {
    id: 'auth.login',
    title: language === 'es' ? 'Tu cuenta' : 'Your account',
    href: '/dpo/purposes/auth.login',
    state: 'active',
    version: 1,
    bases: ['contract'],
    contactChannels: ['none'],
    draftWaits: false,
  },
  {
    id: 'survey.yearly',
    title: language === 'es' ? 'Encuesta anual' : 'Yearly survey',
    href: '/dpo/purposes/survey.yearly',
    state: 'draft',
    bases: ['consent', 'soft_opt_in'],
    contactChannels: ['email'],
    draftWaits: true,
  },
  {
    id: 'profiling.rfm',
    title: language === 'es' ? 'Perfil de compra' : 'Purchase profile',
    href: '/dpo/purposes/profiling.rfm',
    state: 'retired',
    version: 2,
    bases: ['legitimate_interest'],
    contactChannels: ['none'],
    draftWaits: false,
  },
]

const model = (purposes: readonly PurposeLineModel[]): PurposesModel => ({
  purposes,
  newHref: '/dpo/purpose-document',
  exportHref: '/dpo/purpose-registry',
})

export const purposesFixtures = fixturesOf(PurposesView, {
  default: { modelIn: (language) => model(lines(language)), page },
  empty: { model: model([]), page },
  'nobody yet': {
    modelIn: (language) =>
      model([{ ...offers(language), answers: { yes: 0, no: 0, nothing: 0, countedAt: exampleNow } }]),
    page,
  },
  'not counted yet': {
    modelIn: (language) =>
      model([{ ...offers(language), answers: 'not-counted', campaign: { href: '/dpo/campaigns/1' } }]),
    page,
  },
  'long text': {
    modelIn: (language) =>
      model([
        {
          ...offers(language),
          title:
            language === 'es'
              ? 'Comunicaciones comerciales personalizadas sobre productos, servicios y acontecimientos de todas las marcas'
              : 'Personalised commercial communications about products, services and events of all the brands',
          bases: ['consent', 'soft_opt_in', 'legitimate_interest'],
          contactChannels: [
            'email',
            'sms',
            'push',
            'in_app',
            'messaging',
            'phone_human',
            'phone_auto',
            'post',
          ],
        },
      ]),
    page,
  },
})
