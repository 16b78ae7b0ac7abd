import type { View } from '../page-context.ts'
import { Button, ButtonLink } from '../parts/button.tsx'
import { CodeInput } from '../parts/code-input.tsx'
import { Form } from '../parts/form.tsx'
import { ForClient, Heading } from '../parts/heading.tsx'
import { Identity } from '../parts/identity.tsx'

export type CodePurpose = 'sign-in' | 'create-account' | 'step-up'

export interface EnterCodeModel {
  readonly purpose: CodePurpose
  /** Masked by the server: `a••@ejemplo.com`. */
  readonly maskedAddress: string
  readonly changeHref?: string
  readonly minutesValid: number
  readonly resend: {
    readonly action: string
    /** Decided by the server, which also refuses earlier ones. */
    readonly availableInSeconds: number
  }
  readonly otherWayHref?: string
}

const codeLength = 6

/** Fields: `code`. Reads the same whether an account exists or not. */
export const EnterCodeView: View<EnterCodeModel> = {
  id: 'sign-in/enter-code',
  title: (_, { t }) => t('enterCode.title'),
  layout: 'sign-in',
  modules: ['countdown'],
  body: ({ model, page }) => {
    const { t } = page
    const { availableInSeconds } = model.resend
    return (
      <>
        <Heading title={t('enterCode.title')}>
          <p class="lead">{t(`enterCode.lead.${model.purpose}`)}</p>
          <ForClient page={page} />
        </Heading>
        <Identity
          page={page}
          who={model.maskedAddress}
          {...(model.changeHref ? { changeHref: model.changeHref } : {})}
        />
        <Form page={page}>
          <CodeInput
            page={page}
            name="code"
            label={t('enterCode.code')}
            hint={t('enterCode.hint', { digits: codeLength, minutes: model.minutesValid })}
            length={codeLength}
          />
          <Button wide>{t(`enterCode.continue.${model.purpose}`)}</Button>
        </Form>
        <div class="stack stack--close">
          <h2>{t('enterCode.notReceived')}</h2>
          <p class="soft small">{t('enterCode.lookInSpam')}</p>
          {availableInSeconds > 0 && (
            <p class="small" data-countdown={availableInSeconds} data-reveals="resend">
              {t('enterCode.resendIn', { seconds: availableInSeconds })}
            </p>
          )}
          <Form page={page} action={model.resend.action} id="resend">
            <Button weight="even" wide>
              {t('enterCode.resend')}
            </Button>
          </Form>
          {model.otherWayHref && (
            <ButtonLink weight="quiet" href={model.otherWayHref}>
              {t('enterCode.otherWay')}
            </ButtonLink>
          )}
        </div>
      </>
    )
  },
}
