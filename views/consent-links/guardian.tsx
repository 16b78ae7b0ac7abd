import type { PageContext, View } from '../page-context.ts'
import { Button, ButtonPair } from '../parts/button.tsx'
import { CodeInput } from '../parts/code-input.tsx'
import { EmptyState } from '../parts/empty-state.tsx'
import { FieldError, fieldError } from '../parts/errors.tsx'
import { TextInput } from '../parts/field.tsx'
import { Form } from '../parts/form.tsx'
import { Heading } from '../parts/heading.tsx'
import { PurposeCard, type PurposeCardModel } from '../parts/purpose-card.tsx'

export interface GuardianModel {
  /** The child's address, masked. */
  readonly child: string
  /** What the child said yes to; nothing is preset here. */
  readonly purposes: readonly PurposeCardModel[]
  readonly codeSent: boolean
  readonly codeAction: string
  readonly minutesValid: number
  readonly name?: string
}

const codeLength = 6

/** Fields: `code`, `name`, `statement`, and those of the choices. A code first, so that reading the mail alone is not enough. */
export const GuardianView: View<GuardianModel> = {
  id: 'consent-links/guardian',
  title: (_, { t }) => t('guardian.title'),
  layout: 'sign-in',
  wide: true,
  body: ({ model, page }) => {
    const { t } = page
    if (model.purposes.length === 0) {
      return (
        <>
          <Heading title={t('guardian.title')} />
          <EmptyState icon="shield" title={t('guardian.nothing')} />
        </>
      )
    }
    return (
      <>
        <Heading title={t('guardian.title')}>
          <p class="lead">{t('guardian.lead', { child: model.child })}</p>
          <p>{t('guardian.why')}</p>
        </Heading>
        {model.codeSent ? <Answer page={page} model={model} /> : <AskForCode page={page} model={model} />}
      </>
    )
  },
}

function AskForCode({ page, model }: { page: PageContext; model: GuardianModel }) {
  const { t } = page
  return (
    <section class="stack" aria-labelledby="code-first">
      <ul>
        {model.purposes.map(({ id, title }) => (
          <li key={id}>{title}</li>
        ))}
      </ul>
      <h2 id="code-first">{t('guardian.codeTitle')}</h2>
      <p>{t('guardian.codeLead')}</p>
      <Form page={page} action={model.codeAction}>
        <Button wide>{t('guardian.sendCode')}</Button>
      </Form>
    </section>
  )
}

function Answer({ page, model }: { page: PageContext; model: GuardianModel }) {
  const { t } = page
  return (
    <>
      <Form page={page}>
        {model.purposes.map((purpose) => (
          <PurposeCard key={purpose.id} page={page} purpose={purpose} />
        ))}
        <CodeInput
          page={page}
          name="code"
          label={t('guardian.code')}
          hint={t('guardian.codeHint', { digits: codeLength, minutes: model.minutesValid })}
          length={codeLength}
        />
        <TextInput
          page={page}
          name="name"
          label={t('guardian.name')}
          value={model.name}
          autocomplete="name"
        />
        <Statement page={page} />
        <Button wide name="decide" value="save">
          {t('guardian.save')}
        </Button>
        <p class="or">{t('guardian.allAtOnce')}</p>
        <ButtonPair
          name="all"
          first={{ value: 'yes', words: t('preferences.acceptAll') }}
          second={{ value: 'no', words: t('preferences.refuseAll') }}
        />
      </Form>
      <Form page={page} action={model.codeAction}>
        <Button weight="quiet">{t('guardian.sendAnother')}</Button>
      </Form>
    </>
  )
}

/** Never ticked for the person: it is their declaration. */
function Statement({ page }: { page: PageContext }) {
  const error = fieldError(page, 'statement')
  return (
    <div class="field">
      <FieldError id="statement-error" words={error} />
      <label class="check">
        <input
          type="checkbox"
          id="statement"
          name="statement"
          value="yes"
          {...(error ? { 'aria-invalid': 'true' as const, 'aria-describedby': 'statement-error' } : {})}
        />
        <span>{page.t('guardian.statement')}</span>
      </label>
    </div>
  )
}
