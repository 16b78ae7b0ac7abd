import type { View } from '../page-context.ts'
import { Button } from '../parts/button.tsx'
import { TextInput } from '../parts/field.tsx'
import { Form } from '../parts/form.tsx'
import { ForClient, Heading } from '../parts/heading.tsx'
import { PasskeyForm, type PasskeyOffer, WithoutPasskeys } from '../parts/passkey-form.tsx'

/** Signs somebody in by pressing a button and nothing else. */
export interface SignInShortcut {
  readonly label: string
  readonly action: string
}

export interface IdentifyModel {
  readonly email?: string
  readonly passkeys?: PasskeyOffer
  readonly createAccountHref: string
  /** A passkey that was just used and is not known here: the password manager is told to forget it. */
  readonly unknownPasskey?: { readonly rpId: string; readonly credentialId: string }
  /** People of a demo, who may be anybody's to be. The product itself never has any. */
  readonly shortcuts?: readonly SignInShortcut[]
}

/** First page of every sign-in. Fields: `email`. A passkey answers to the offer's own action. */
export const IdentifyView: View<IdentifyModel> = {
  id: 'sign-in/identify',
  title: (_, { t }) => t('identify.title'),
  layout: 'sign-in',
  modules: ['passkey'],
  body: ({ model, page }) => {
    const { t } = page
    const { passkeys, unknownPasskey, shortcuts = [] } = model
    return (
      <>
        <Heading title={t('identify.title')}>
          <ForClient page={page} />
        </Heading>
        <Form page={page}>
          <TextInput
            page={page}
            name="email"
            label={t('identify.email')}
            type="email"
            inputmode="email"
            autocomplete="username webauthn"
            spellcheck={false}
            value={model.email}
            focus
          />
          <Button wide>{t('identify.continue')}</Button>
        </Form>
        {passkeys && (
          <div class="stack stack--close">
            <p class="or">{t('identify.or')}</p>
            <PasskeyForm
              page={page}
              ceremony="sign-in"
              offer={passkeys}
              words={t('identify.usePasskey')}
              inField
            />
            <WithoutPasskeys words={t('identify.withoutPasskeys')} />
          </div>
        )}
        {unknownPasskey && (
          <div
            data-passkey-signal=""
            data-rp-id={unknownPasskey.rpId}
            data-unknown={unknownPasskey.credentialId}
          />
        )}
        <p>
          {t('identify.newHere')} <a href={model.createAccountHref}>{t('identify.createAccount')}</a>
        </p>
        {shortcuts.length > 0 && (
          <section class="stack stack--close details__body" aria-labelledby="shortcuts">
            <h2 id="shortcuts">{t('identify.shortcuts')}</h2>
            <div class="actions">
              {shortcuts.map(({ label, action }) => (
                <Form key={action} page={page} action={action} class="plain">
                  <Button weight="even">{label}</Button>
                </Form>
              ))}
            </div>
          </section>
        )}
      </>
    )
  },
}
