import { consent } from './en/consent.ts'
import { errors } from './en/errors.ts'
import { mail } from './en/mail.ts'
import { page } from './en/page.ts'
import { privacyCentre } from './en/privacy-centre.ts'
import { signIn } from './en/sign-in.ts'
import { staff } from './en/staff.ts'
import type { MessageKey } from './es.ts'

/** Each part has exactly the keys of its Spanish sister; the compiler sees to it. */
export const en: Record<MessageKey, string> = {
  ...page,
  ...signIn,
  ...consent,
  ...privacyCentre,
  ...staff,
  ...errors,
  ...mail,
}
