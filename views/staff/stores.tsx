import type { PageContext, View } from '../page-context.ts'
import { EmptyState } from '../parts/empty-state.tsx'
import { Heading } from '../parts/heading.tsx'
import { Table } from '../parts/table.tsx'
import { Tag } from '../parts/tag.tsx'

export type StoreLine = { readonly id: string; readonly name: string } & (
  | { readonly shown: false }
  | {
      readonly shown: true
      readonly people: number
      readonly rate: number
      readonly between: readonly [low: number, high: number]
      readonly elsewhere: number | undefined
      readonly finding: 'above-others' | 'nearly-everybody' | undefined
    }
)

export interface StoresModel {
  readonly days: number
  /** When it was counted; undefined before that was ever done. */
  readonly until: Date | undefined
  readonly stores: readonly StoreLine[]
  readonly smallestShown: number
  readonly fewestJudged: number
}

const percent = (page: PageContext, value: number) =>
  new Intl.NumberFormat(page.language === 'es' ? 'es-ES' : 'en-GB', {
    style: 'percent',
    maximumFractionDigits: 0,
  }).format(value)

/** One bar for each store, with the range that its own rate lies in; the table under it says the same in figures. */
function Bars({ stores }: { stores: readonly StoreLine[] }) {
  const drawn = stores.flatMap((store) => (store.shown ? [store] : []))
  return (
    <div class="rates" aria-hidden="true">
      {drawn.map(({ id, name, rate, between: [low, high], finding }) => (
        <div key={id}>
          <span class="small">{name}</span>
          <svg class="rates__row" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
            <rect class="rates__ground" width="100" height="8" />
            <rect
              class={finding === undefined ? 'rates__bar' : 'rates__finding'}
              width={(rate * 100).toFixed(2)}
              height="8"
            />
            <rect
              class="rates__range"
              x={(low * 100).toFixed(2)}
              y="3"
              width={((high - low) * 100).toFixed(2)}
              height="2"
            />
          </svg>
        </div>
      ))}
    </div>
  )
}

/** How many people say yes in each store, for whoever must ask where a rate cannot be the customers' own. */
export const StoresView: View<StoresModel> = {
  id: 'staff/stores',
  title: (_, { t }) => t('dpoStores.title'),
  layout: 'staff',
  wide: true,
  body: ({ model, page }) => {
    const { t } = page
    const { stores, smallestShown: least, fewestJudged: judged } = model
    return (
      <>
        <Heading title={t('dpoStores.title')}>
          {model.until !== undefined && (
            <p class="lead">{t('dpoStores.lead', { days: model.days, until: model.until })}</p>
          )}
        </Heading>
        {stores.length === 0 ? (
          <EmptyState
            icon="info"
            title={t(model.until === undefined ? 'dpoStores.uncounted' : 'dpoStores.none')}
          >
            <p>{t(model.until === undefined ? 'dpoStores.uncountedAbout' : 'dpoStores.noneAbout')}</p>
          </EmptyState>
        ) : (
          <>
            <Bars stores={stores} />
            <p class="small soft">{t('dpoStores.chart')}</p>
            <Table
              caption={t('dpoStores.caption')}
              columns={[
                t('dpoStores.store'),
                t('dpoStores.people'),
                t('dpoStores.yes'),
                t('dpoStores.range'),
                t('dpoStores.elsewhere'),
                t('dpoStores.finding'),
              ]}
              rows={stores.map((store) => ({
                id: store.id,
                cells: store.shown
                  ? [
                      store.name,
                      String(store.people),
                      percent(page, store.rate),
                      `${percent(page, store.between[0])} – ${percent(page, store.between[1])}`,
                      store.elsewhere === undefined
                        ? t('dpoStores.notCompared')
                        : percent(page, store.elsewhere),
                      store.finding === undefined ? (
                        t('dpoStores.finding.none')
                      ) : (
                        <Tag key="finding" tone="warn">
                          {t(`dpoStores.finding.${store.finding}`)}
                        </Tag>
                      ),
                    ]
                  : [store.name, t('dpoStores.few', { least }), '–', '–', '–', '–'],
              }))}
            />
          </>
        )}
        <p class="small soft">{t('dpoStores.fewAbout', { least })}</p>
        <p class="small soft">{t('dpoStores.how', { judged })}</p>
      </>
    )
  },
}
