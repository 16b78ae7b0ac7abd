import { daysBefore, exampleNow, fixturesOf } from '../fixture.ts'
import type { Language } from '../page-context.ts'
import { type CampaignModel, CampaignView } from './campaign.tsx'
import { type CampaignsModel, CampaignsView } from './campaigns.tsx'
import { exampleMenu } from './example-menu.ts'

const page = { menu: exampleMenu('/dpo/campaigns') }
const title = (language: Language) => (language === 'es' ? 'Ofertas y novedades' : 'Offers and news')
const until = new Date('2027-02-22T22:59:59.999Z')

const all = (language: Language): CampaignsModel => ({
  campaigns: [
    {
      id: '2',
      href: '/dpo/campaigns/2',
      title: title(language),
      state: 'running',
      opensAt: daysBefore(20),
      closesAt: until,
      progress: { asked: 12_400, audience: 61_000, countedAt: exampleNow },
    },
    {
      id: '3',
      href: '/dpo/campaigns/3',
      title: title(language),
      state: 'draft',
      opensAt: exampleNow,
      closesAt: until,
    },
    {
      id: '1',
      href: '/dpo/campaigns/1',
      title: title(language),
      state: 'ended',
      opensAt: daysBefore(300),
      closesAt: daysBefore(200),
      progress: { asked: 1, audience: 1, countedAt: daysBefore(200) },
    },
  ],
  purposes: [{ id: 'marketing.direct', title: title(language) }],
  fields: { purpose: '', opens: '2026-11-22', closes: '2027-02-22', cool_off: 'P6M' },
  key: '0198b2c4-7a10-7c3e-9a52-3f0c6f2d9b11',
})

export const campaignsFixtures = fixturesOf(CampaignsView, {
  default: { modelIn: all, page },
  empty: { modelIn: (language) => ({ ...all(language), campaigns: [] }), page },
  'nothing changed': { modelIn: (language) => ({ ...all(language), campaigns: [], purposes: [] }), page },
  'field errors': {
    modelIn: (language) => ({
      ...all(language),
      fields: { purpose: '', opens: '2026-11-22', closes: '2026-01-01', cool_off: 'P6M' },
    }),
    page: {
      ...page,
      fieldErrors: [
        { field: 'purpose', code: 'campaign-purpose-missing' },
        { field: 'closes', code: 'campaign-window' },
      ],
    },
  },
})

const one = (language: Language): CampaignModel => ({
  href: '/dpo/campaigns/2',
  title: title(language),
  purposeHref: '/dpo/purposes/marketing.direct',
  state: 'running',
  version: 2,
  opensAt: daysBefore(20),
  closesAt: until,
  coolOff: 'P6M',
  startedAt: daysBefore(20),
  audience: 61_000,
  toBeAsked: 48_600,
  unanswered: 51_000,
  counting: false,
  asked: 12_400,
  agreed: 5_100,
  refused: 4_900,
  putOff: 2_400,
})

export const campaignFixtures = fixturesOf(CampaignView, {
  default: { modelIn: one, page },
  'not started': {
    modelIn: (language): CampaignModel => {
      const { startedAt: _startedAt, audience: _audience, ...planned } = one(language)
      return {
        ...planned,
        state: 'draft',
        toBeAsked: 1,
        unanswered: 1,
        counting: true,
        asked: 0,
        agreed: 0,
        refused: 0,
        putOff: 0,
      }
    },
    page: { ...page, notice: { kind: 'success', key: 'flash.campaign-saved' } },
  },
  ended: {
    modelIn: (language): CampaignModel => ({
      ...one(language),
      state: 'ended',
      endedAt: exampleNow,
      toBeAsked: 0,
      coolOff: 'P45D',
    }),
    page,
  },
  'form error': { modelIn: one, page: { ...page, formError: { code: 'campaign-started' } } },
})
