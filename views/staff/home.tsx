import type { StaffRole } from '../../src/kernel/actor.ts'
import type { View } from '../page-context.ts'
import { Button } from '../parts/button.tsx'
import { Card } from '../parts/card.tsx'
import { Form } from '../parts/form.tsx'
import { Heading } from '../parts/heading.tsx'
import { SummaryList, Values } from '../parts/summary-list.tsx'

export interface StaffHomeModel {
  readonly displayName: string
  readonly roles: readonly StaffRole[]
  /** Stores, brands or teams; empty means everything. */
  readonly scope: readonly string[]
  readonly signedInAt: Date
  /** Consoles this person may open. */
  readonly consoles: readonly { readonly href: string; readonly title: string; readonly about: string }[]
  readonly signOutAction: string
}

export const StaffHomeView: View<StaffHomeModel> = {
  id: 'staff/home',
  title: (_, { t }) => t('staffHome.title'),
  layout: 'staff',
  wide: true,
  body: ({ model, page }) => {
    const { t } = page
    return (
      <>
        <Heading title={t('staffHome.greeting', { name: model.displayName })}>
          <p class="lead">{t('staffHome.lead')}</p>
        </Heading>
        <SummaryList
          rows={[
            {
              label: t('staffHome.roles'),
              value: <Values of={model.roles.map((role) => t(`staffRole.${role}`))} />,
            },
            {
              label: t('staffHome.scope'),
              value: model.scope.length ? <Values of={model.scope} /> : t('staffHome.everywhere'),
            },
            { label: t('staffHome.signedInAt'), value: t('page.moment', { at: model.signedInAt }) },
          ]}
        />
        {model.roles.map((role) => (
          <Card key={role} id={`role-${role}`} title={t(`staffRole.${role}`)}>
            <p>{t(`staffRole.${role}.may`)}</p>
            <p class="soft">{t(`staffRole.${role}.mayNot`)}</p>
          </Card>
        ))}
        {model.consoles.length > 0 && (
          <section class="stack stack--close" aria-labelledby="consoles">
            <h2 id="consoles">{t('staffHome.consoles')}</h2>
            <ul>
              {model.consoles.map((item) => (
                <li key={item.href}>
                  <a href={item.href}>{item.title}</a>: {item.about}
                </li>
              ))}
            </ul>
          </section>
        )}
        {page.menu === undefined && (
          <Form page={page} action={model.signOutAction}>
            <Button weight="even" wide>
              {t('staffHome.signOut')}
            </Button>
          </Form>
        )}
      </>
    )
  },
}
