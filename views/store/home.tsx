import type { PageContext, View } from '../page-context.ts'
import { Button, ButtonLink } from '../parts/button.tsx'
import { Card } from '../parts/card.tsx'
import { EmptyState } from '../parts/empty-state.tsx'
import { Form } from '../parts/form.tsx'
import { Heading } from '../parts/heading.tsx'
import { SummaryList } from '../parts/summary-list.tsx'

export interface HelpWanted {
  readonly id: string
  /** The screen, and the store where whoever works in several needs it. */
  readonly place: string
  readonly since: Date
  readonly taken: boolean
}

export interface StoreHomeModel {
  readonly stores: readonly string[]
  readonly enrolHref: string | undefined
  readonly receiptHref: string
  /** Where somebody says that they go or that it is done, and where the page looks again by itself. */
  readonly helpHref: string
  readonly help: readonly HelpWanted[]
}

const waitingOf = (help: readonly HelpWanted[]) => help.filter(({ taken }) => !taken)

/**
 * The script looks again and puts in what is new; `data-help-now` says whether anything is. What is told to a screen reader
 * stays outside of the list, because a region that is replaced tells nothing.
 */
function Help({ page, model }: { page: PageContext; model: StoreHomeModel }) {
  const { t } = page
  const { help, helpHref } = model
  const waiting = waitingOf(help)
  return (
    <div class="stack" data-help-look={helpHref}>
      <p role="status" aria-live="polite" class={waiting.length === 0 ? 'soft' : undefined} data-help-told>
        {waiting.length === 0
          ? t(help.length === 0 ? 'store.helpNone' : 'store.helpNobodyWaits')
          : t('store.helpWaiting', { places: waiting.map(({ place }) => place).join(' · ') })}
      </p>
      <div data-help-now={help.map(({ id, taken }) => `${id} ${taken}`).join(', ')}>
        {help.length > 0 && (
          <SummaryList
            rows={help.map(({ id, place, since, taken }) => ({
              label: place,
              value: (
                <div class="stack stack--close">
                  <p>{t('store.helpSince', { at: since })}</p>
                  {taken && <p class="soft">{t('store.helpTaken')}</p>}
                  <Form page={page} action={helpHref}>
                    <input type="hidden" name="call" value={id} />
                    <Button weight="even" name="say" value={taken ? 'done' : 'coming'}>
                      {t(taken ? 'store.helpDoneAt' : 'store.helpTakeAt', { place })}
                    </Button>
                  </Form>
                </div>
              ),
            }))}
          />
        )}
      </div>
      <p class="soft">{t('store.helpLooks')}</p>
    </div>
  )
}

/** Where a shop's staff begins: what they can do for whoever stands in front of them. */
export const StoreHomeView: View<StoreHomeModel> = {
  id: 'store/home',
  // Whoever has another window in front sees it in the name of this one.
  title: ({ help }, { t }) => {
    const count = waitingOf(help).length
    return count === 0 ? t('store.title') : t('store.titleWaiting', { count })
  },
  layout: 'staff',
  modules: ['store-help'],
  looksAgain: ({ stores, helpHref }) => (stores.length === 0 ? undefined : { href: helpHref, seconds: 15 }),
  body: ({ model, page }) => {
    const { t } = page
    if (model.stores.length === 0) {
      return (
        <>
          <Heading title={t('store.title')} />
          <EmptyState icon="info" title={t('store.none')}>
            <p>{t('store.noneAbout')}</p>
          </EmptyState>
        </>
      )
    }
    return (
      <>
        <Heading title={t('store.title')}>
          <p class="lead">{t('store.lead')}</p>
          <p class="soft">{model.stores.join(' · ')}</p>
        </Heading>
        <Card id="help" title={t('store.help')}>
          <Help page={page} model={model} />
        </Card>
        {model.enrolHref !== undefined && (
          <Card id="enrol" title={t('store.enrol')}>
            <p>{t('store.enrolAbout')}</p>
            <div class="actions">
              <ButtonLink href={model.enrolHref}>{t('store.enrol')}</ButtonLink>
            </div>
          </Card>
        )}
        <Card id="receipt" title={t('store.receipt')}>
          <p>{t('store.receiptAbout')}</p>
          <div class="actions">
            <ButtonLink weight="even" href={model.receiptHref}>
              {t('store.receipt')}
            </ButtonLink>
          </div>
        </Card>
      </>
    )
  },
}
