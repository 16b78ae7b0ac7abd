import type { PageContext } from '../page-context.ts'
import { Button } from './button.tsx'
import { Details } from './details.tsx'
import { fieldError } from './errors.tsx'
import { TextInput } from './field.tsx'
import { Form } from './form.tsx'
import { Icon } from './icon.tsx'
import { Tag } from './tag.tsx'

export interface PasskeyModel {
  readonly id: string
  readonly name: string
  /** Who keeps it, from the AAGUID: "Google Password Manager". */
  readonly provider?: string
  readonly createdAt: Date
  readonly lastUsedAt?: Date
  readonly synced: boolean
  readonly renameAction: string
  readonly removeAction: string
}

/** One card per passkey, named and removable by its owner (FIDO design guidelines). */
export function PasskeyCard({ page, passkey }: { page: PageContext; passkey: PasskeyModel }) {
  const { t } = page
  const field = `name-${passkey.id}`
  return (
    <section class="card" aria-labelledby={`passkey-${passkey.id}`}>
      <div class="card__head">
        <h3 id={`passkey-${passkey.id}`} class="seal">
          <Icon name="passkey" size={24} />
          {passkey.name}
        </h3>
        <Tag>{t(passkey.synced ? 'passkey.synced' : 'passkey.deviceOnly')}</Tag>
      </div>
      <p class="small soft">
        {passkey.provider ? `${passkey.provider}. ` : ''}
        {t('passkey.createdAt', { at: passkey.createdAt })}{' '}
        {passkey.lastUsedAt ? t('passkey.lastUsedAt', { at: passkey.lastUsedAt }) : t('passkey.neverUsed')}
      </p>
      <div class="stack stack--close">
        <Details
          summary={t('passkey.rename')}
          about={passkey.name}
          open={fieldError(page, field) !== undefined}
        >
          <Form page={page} action={passkey.renameAction}>
            <TextInput page={page} name={field} label={t('passkey.name')} value={passkey.name} />
            <Button weight="even">{t('passkey.saveName')}</Button>
          </Form>
        </Details>
        <Details summary={t('passkey.remove')} about={passkey.name}>
          <p>{t('passkey.removeWarning')}</p>
          <Form page={page} action={passkey.removeAction}>
            <Button weight="even">{t('passkey.removeNow')}</Button>
          </Form>
        </Details>
      </div>
    </section>
  )
}
