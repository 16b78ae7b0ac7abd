import type { ComponentChildren } from 'preact'
import type { PageContext, View } from '../page-context.ts'
import { Button, ButtonLink } from '../parts/button.tsx'
import { Form } from '../parts/form.tsx'
import { Heading } from '../parts/heading.tsx'
import { Notice } from '../parts/notice.tsx'
import type { PurposeCardModel } from '../parts/purpose-card.tsx'
import { SummaryList } from '../parts/summary-list.tsx'
import { answersByPurpose, type SavedChoice } from '../sign-in/saved-choices.tsx'
import { Questions } from './answers.tsx'

export type StoreFinishModel =
  | {
      /** What was answered in the store, to be confirmed by whoever reads the address. */
      readonly state: 'answered'
      readonly store: string
      readonly choices: readonly SavedChoice[]
      /** Of what is shown here: nothing else is confirmed by the button. */
      readonly seen: string
      readonly confirmAction: string
      readonly ownHref: string
      readonly notMeAction: string
    }
  | {
      readonly state: 'to-answer'
      readonly store: string
      readonly purposes: readonly PurposeCardModel[]
      readonly action: string
      readonly notMeAction: string
    }
  /** The address has an account: nothing is begun by it, and whoever reads it may say that it was not them. */
  | { readonly state: 'account'; readonly store: string; readonly notMeAction: string }
  | {
      readonly state: 'proven'
      readonly store: string
      readonly choices: readonly SavedChoice[]
      /** A wording was replaced since: nothing was saved. */
      readonly changed: boolean
    }
  | { readonly state: 'overtaken' | 'disowned'; readonly store: string }

/** As large as the yes beside it: whoever did not ask for this gets out of it in one press. */
const NotMe = ({ page, action }: { page: PageContext; action: string }) => (
  <Form page={page} action={action}>
    <Button weight="even" wide>
      {page.t('storeFinish.notMe')}
    </Button>
  </Form>
)

function Body({ model, page }: { model: StoreFinishModel; page: PageContext }): ComponentChildren {
  const { t } = page
  switch (model.state) {
    case 'answered':
      return (
        <>
          <SummaryList rows={answersByPurpose(model.choices, page)} />
          <div class="stack stack--close">
            <Form page={page} action={model.confirmAction}>
              <input type="hidden" name="seen" value={model.seen} />
              <Button weight="even" wide>
                {t('storeFinish.confirm')}
              </Button>
            </Form>
            <ButtonLink weight="even" wide href={model.ownHref}>
              {t('storeFinish.own')}
            </ButtonLink>
            <NotMe page={page} action={model.notMeAction} />
          </div>
        </>
      )
    case 'to-answer':
      return (
        <>
          <Form page={page} action={model.action}>
            {model.purposes.length === 0 ? (
              <Button wide name="decide" value="save">
                {t('storeFinish.finishOnly')}
              </Button>
            ) : (
              <Questions page={page} purposes={model.purposes} save={t('storeFinish.finish')} />
            )}
          </Form>
          <NotMe page={page} action={model.notMeAction} />
        </>
      )
    case 'account':
      return (
        <div class="stack stack--close">
          <ButtonLink weight="even" wide href="/privacy">
            {t('storeFinish.signIn')}
          </ButtonLink>
          <NotMe page={page} action={model.notMeAction} />
        </div>
      )
    case 'proven':
      return (
        <>
          {model.changed && (
            <Notice kind="warning">
              <p>{t('storeFinish.changed')}</p>
            </Notice>
          )}
          {model.choices.length > 0 && (
            <section class="stack stack--close" aria-labelledby="saved">
              <h2 id="saved">{t('storeFinish.saved')}</h2>
              <SummaryList rows={answersByPurpose(model.choices, page)} />
            </section>
          )}
          {model.choices.some(({ awaitsConfirmation }) => awaitsConfirmation) && (
            <Notice kind="info">
              <p>{t('savedChoices.awaitsConfirmation')}</p>
            </Notice>
          )}
          <p>{t('storeFinish.complete')}</p>
          <div class="actions">
            <ButtonLink weight="quiet" href="/privacy/permissions">
              {t('storeFinish.permissions')}
            </ButtonLink>
          </div>
        </>
      )
    case 'overtaken':
      return (
        <div class="actions">
          <ButtonLink weight="quiet" href="/privacy/permissions">
            {t('storeFinish.permissions')}
          </ButtonLink>
        </div>
      )
    case 'disowned':
      return null
  }
}

/** What the mail leads to. Opening it proves nothing, because mail scanners open links; a button does. */
export const StoreFinishView: View<StoreFinishModel> = {
  id: 'store/finish',
  title: ({ state, store }, { t }) => t(`storeFinish.title.${state}`, { store }),
  layout: 'sign-in',
  wide: true,
  body: ({ model, page }) => {
    const { state, store } = model
    return (
      <>
        <Heading
          title={page.t(`storeFinish.title.${state}`, { store })}
          {...(state === 'proven' ? { icon: 'check' } : {})}
        >
          <p class="lead">{page.t(`storeFinish.lead.${state}`, { brand: page.brand.name })}</p>
        </Heading>
        <Body model={model} page={page} />
      </>
    )
  },
}
