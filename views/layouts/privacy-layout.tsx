import type { MessageKey } from '../locales/translator.ts'
import type { PageContext } from '../page-context.ts'
import { SkipLink } from '../parts/skip-link.tsx'
import { Band, Foot, type LayoutProps, Messages } from './furniture.tsx'
import { Sections } from './sections.tsx'

/** The rooms of the privacy centre. A page's address is its name. */
const privacySections = [
  { id: 'overview', href: '/privacy' },
  { id: 'permissions', href: '/privacy/permissions' },
  { id: 'your-data', href: '/privacy/your-data' },
  { id: 'recipients', href: '/privacy/recipients' },
  { id: 'history', href: '/privacy/history' },
  { id: 'requests', href: '/privacy/requests' },
  { id: 'security', href: '/privacy/security' },
] as const satisfies readonly { id: string; href: string }[]

const words: Record<(typeof privacySections)[number]['id'], MessageKey> = {
  overview: 'privacy.overview',
  permissions: 'privacy.permissions',
  'your-data': 'privacy.yourData',
  recipients: 'privacy.recipients',
  history: 'privacy.history',
  requests: 'privacy.requests',
  security: 'privacy.security',
}

/** Pages that are not a room of their own stand in one. */
const sectionOf: Readonly<Record<string, string>> = {
  'privacy-centre/changes': 'privacy-centre/history',
  'privacy-centre/notifications': 'privacy-centre/security',
  'privacy-centre/callers': 'privacy-centre/security',
  'privacy-centre/request': 'privacy-centre/requests',
  'privacy-centre/new-request': 'privacy-centre/requests',
}

function SectionLinks({ page, current }: { page: PageContext; current: string }) {
  return (
    <ul>
      {privacySections.map(({ id, href }) => (
        <li key={id}>
          <a
            href={href}
            {...(current === `privacy-centre/${id}` ? { 'aria-current': 'page' as const } : {})}
            {...(sectionOf[current] === `privacy-centre/${id}` ? { 'aria-current': 'true' as const } : {})}
          >
            {page.t(words[id])}
          </a>
        </li>
      ))}
    </ul>
  )
}

export function PrivacyLayout({ page, id, children }: LayoutProps) {
  return (
    <div class="page">
      <div>
        <SkipLink page={page} />
        <Band page={page} homeHref="/privacy" />
        <Sections
          page={page}
          title="privacy.sections"
          menu="privacy.sectionsMenu"
          rooms={<SectionLinks page={page} current={id} />}
          signOut={{ action: '/privacy/sign-out', words: 'privacy.signOut' }}
        />
      </div>
      <main id="main" tabindex={-1}>
        <div class="centre stack stack--loose">
          <Messages page={page} />
          {children}
        </div>
      </main>
      <Foot page={page} links={false} />
    </div>
  )
}
