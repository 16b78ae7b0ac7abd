import { h } from 'preact'
import type { PageContext, View } from '../page-context.ts'
import { Button } from '../parts/button.tsx'
import { EmptyState } from '../parts/empty-state.tsx'
import { Field, TextInput } from '../parts/field.tsx'
import { Form } from '../parts/form.tsx'
import { Heading } from '../parts/heading.tsx'
import { Tag } from '../parts/tag.tsx'

export type PlaceKind = 'brand' | 'region' | 'store' | 'terminal' | 'desk'

export interface PlaceNode {
  readonly id: string
  readonly name: string
  readonly kind: PlaceKind
  readonly city?: string | undefined
  readonly open: boolean
  /** Of terminals. */
  readonly terminal?: 'waiting' | 'enrolled' | 'revoked' | undefined
  readonly href: string
  readonly children: readonly PlaceNode[]
}

export interface NewPlaceFields {
  readonly id: string
  readonly kind: string
  readonly parent: string
  readonly name: string
  readonly city: string
  readonly country: string
  readonly networks: string
}

export interface TouchpointsModel {
  readonly places: readonly PlaceNode[]
  /** Undefined for who may only look. */
  readonly add?:
    | {
        readonly action: string
        readonly fields: NewPlaceFields
        readonly parents: readonly { readonly id: string; readonly name: string }[]
      }
    | undefined
}

const placeKinds = ['brand', 'region', 'store', 'terminal', 'desk'] as const satisfies readonly PlaceKind[]

function Places({ page, places }: { page: PageContext; places: readonly PlaceNode[] }) {
  const { t } = page
  return (
    <ul class="tree">
      {places.map((place) => (
        <li key={place.id}>
          <a href={place.href}>{place.name}</a>{' '}
          <span class="soft">
            {[t(`touchpoint.kind.${place.kind}`), place.city].filter(Boolean).join(', ')}
          </span>{' '}
          {!place.open && <Tag tone="warn">{t('touchpoint.closed')}</Tag>}
          {place.open && place.terminal !== undefined && (
            <Tag {...(place.terminal === 'enrolled' ? {} : { tone: 'warn' })}>
              {t(`touchpoint.terminal.${place.terminal}`)}
            </Tag>
          )}
          {place.children.length > 0 && <Places page={page} places={place.children} />}
        </li>
      ))}
    </ul>
  )
}

function Choice(props: {
  page: PageContext
  name: string
  label: string
  none?: string
  chosen: string
  options: readonly { readonly id: string; readonly name: string }[]
}) {
  const { page, name, label, none, chosen, options } = props
  return (
    <Field page={page} name={name} label={label}>
      {(control) =>
        h(
          'select',
          { ...control, class: 'input' },
          none === undefined ? null : <option value="">{none}</option>,
          options.map((one) => (
            <option key={one.id} value={one.id} selected={one.id === chosen}>
              {one.name}
            </option>
          )),
        )
      }
    </Field>
  )
}

function AddForm({ page, add }: { page: PageContext; add: NonNullable<TouchpointsModel['add']> }) {
  const { t } = page
  const { fields } = add
  const plain = { page, autocomplete: 'off', spellcheck: false } as const
  return (
    <section class="stack" aria-labelledby="add">
      <h2 id="add">{t('touchpoint.add')}</h2>
      <Form page={page} action={add.action}>
        <Choice
          page={page}
          name="kind"
          label={t('touchpoint.kind')}
          chosen={fields.kind}
          options={placeKinds.map((id) => ({ id, name: t(`touchpoint.kind.${id}`) }))}
        />
        <Choice
          page={page}
          name="parent"
          label={t('touchpoint.parent')}
          none={t('touchpoint.noParent')}
          chosen={fields.parent}
          options={add.parents}
        />
        <TextInput {...plain} name="name" label={t('touchpoint.name')} value={fields.name} />
        <TextInput
          {...plain}
          name="id"
          label={t('touchpoint.id')}
          hint={t('touchpoint.idHint')}
          value={fields.id}
        />
        <PlaceInputs page={page} fields={fields} />
        <Button wide>{t('touchpoint.addButton')}</Button>
      </Form>
    </section>
  )
}

/** What a place may have beside its name. */
export function PlaceInputs({
  page,
  fields,
}: {
  page: PageContext
  fields: Pick<NewPlaceFields, 'city' | 'country' | 'networks'>
}) {
  const { t } = page
  const plain = { page, autocomplete: 'off', optional: true } as const
  return (
    <>
      <TextInput {...plain} name="city" label={t('touchpoint.city')} value={fields.city} />
      <TextInput
        {...plain}
        name="country"
        label={t('touchpoint.country')}
        hint={t('touchpoint.countryHint')}
        value={fields.country}
      />
      <TextInput
        {...plain}
        name="networks"
        label={t('touchpoint.networks')}
        hint={t('touchpoint.networksHint')}
        spellcheck={false}
        value={fields.networks}
      />
    </>
  )
}

/** Where it happens, as a tree: what this person may see of it. */
export const TouchpointsView: View<TouchpointsModel> = {
  id: 'staff/touchpoints',
  title: (_, { t }) => t('touchpoint.title'),
  layout: 'staff',
  wide: true,
  body: ({ model, page }) => {
    const { t } = page
    return (
      <>
        <Heading title={t('touchpoint.title')}>
          <p class="lead">{t('touchpoint.lead')}</p>
        </Heading>
        {model.places.length === 0 ? (
          <EmptyState icon="info" title={t('touchpoint.none')}>
            <p>{t('touchpoint.noneAbout')}</p>
          </EmptyState>
        ) : (
          <nav aria-label={t('touchpoint.title')}>
            <Places page={page} places={model.places} />
          </nav>
        )}
        {model.add !== undefined && <AddForm page={page} add={model.add} />}
      </>
    )
  },
}
