import type { PageContext } from '../page-context.ts'
import { Button } from './button.tsx'
import { Token } from './form.tsx'

export interface PasskeyOffer {
  /** Answers a POST (CSRF token in `x-csrf-token`) with the options of the ceremony as JSON. */
  readonly optionsHref: string
  /** Receives the field `response`: the ceremony's result as JSON. */
  readonly action: string
}

/**
 * Stays hidden until the script has seen that the browser can do passkeys. Says something before and after each dialog of
 * the operating system, so that nobody is left alone with it.
 */
export function PasskeyForm(props: {
  page: PageContext
  ceremony: 'sign-in' | 'create'
  offer: PasskeyOffer
  words: string
  weight?: 'main' | 'even'
  /** As narrow as its words. */
  narrow?: boolean
  /** Where it stands beside another answer of equal weight. */
  iconless?: boolean
  /** Offer the person's passkeys in the e-mail field too. */
  inField?: boolean
  /** Try to make one without asking, right after a password sign-in. */
  silent?: boolean
}) {
  const {
    page,
    ceremony,
    offer,
    words,
    weight = 'even',
    narrow = false,
    iconless = false,
    inField = false,
    silent = false,
  } = props
  return (
    <form
      method="post"
      action={offer.action}
      hidden
      class="stack stack--close"
      data-passkey={ceremony}
      data-options={offer.optionsHref}
      {...(inField ? { 'data-autofill': '' } : {})}
      {...(silent ? { 'data-silent': '' } : {})}
      data-text-waiting={page.t('passkey.waiting')}
      data-text-done={page.t('passkey.done')}
      data-text-cancelled={page.t(ceremony === 'create' ? 'passkey.notCreated' : 'passkey.cancelled')}
      data-text-known={page.t('passkey.known')}
      data-text-failed={page.t('passkey.failed')}
    >
      <Token page={page} />
      <input type="hidden" name="response" value="" />
      {silent && <input type="hidden" name="automatic" value="" />}
      <Button weight={weight} wide={!narrow} {...(iconless ? {} : { icon: 'passkey' })}>
        {words}
      </Button>
      <p class="status small soft" role="status" />
    </form>
  )
}

/** How to go on where passkeys cannot be used: without script, or in an old browser. */
export function WithoutPasskeys({ words }: { words: string }) {
  return (
    <>
      <noscript>
        <p class="small soft">{words}</p>
      </noscript>
      <p class="small soft" data-without-passkeys="" hidden>
        {words}
      </p>
    </>
  )
}
