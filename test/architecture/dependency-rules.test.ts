import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

const cruise = (...args: readonly string[]) =>
  new Promise<{ status: number; lines: string[] }>((resolve) => {
    execFile(process.execPath, ['scripts/cruise.mjs', ...args], (error, stdout, stderr) => {
      resolve({ status: Number(error?.code ?? 0), lines: `${stdout}${stderr}`.trim().split('\n') })
    })
  })

/** [rule, the file that breaks it, what that file imports]. */
const violations = [
  ['kernel-imports-nothing', 'src/kernel/event.ts', 'zod'],
  ['sql-only-in-pg-files', 'src/features/consent/withdraw-consent.ts', 'knex'],
  ['sql-only-in-pg-files', 'src/channels/kiosk/start.ts', 'pg'],
  ['features-know-no-http', 'src/features/identity/verify-otp.ts', 'koa'],
  ['features-know-no-http', 'src/features/identity/link-account.ts', 'oidc-provider'],
  ['features-know-no-http', 'src/features/identity/register.ts', 'src/platform/web/guard.ts'],
  ['features-know-no-http', 'src/features/consent/give-consent.ts', 'src/channels/kiosk/choices.ts'],
  ['door-between-features', 'src/features/consent/decision.ts', 'src/features/identity/subject.ts'],
  ['door-from-outside', 'src/channels/privacy-centre/overview.ts', 'src/features/consent/ledger.ts'],
  ['door-from-outside', 'src/oidc/claims.ts', 'src/features/consent/ledger.ts'],
  ['door-from-outside', 'src/compose.ts', 'src/features/consent/ledger.ts'],
  ['features-forward-only', 'src/features/identity/merge.ts', 'src/features/profile/index.ts'],
  ['features-forward-only', 'src/features/identity/erase.ts', 'src/features/privacy-requests/index.ts'],
  ['features-forward-only', 'src/features/profile/declare.ts', 'src/features/consent/index.ts'],
  ['features-forward-only', 'src/features/consent/offer.ts', 'src/features/recipients/index.ts'],
  [
    'features-forward-only',
    'src/features/recipients/obligation.ts',
    'src/features/privacy-requests/index.ts',
  ],
  [
    'audit-and-delivery-through-ports',
    'src/features/consent/publish-notice.ts',
    'src/features/audit/index.ts',
  ],
  ['audit-and-delivery-through-ports', 'src/features/profile/correct.ts', 'src/features/delivery/index.ts'],
  ['audit-and-delivery-know-no-feature', 'src/features/delivery/gate.ts', 'src/features/consent/index.ts'],
  ['channels-are-strangers', 'src/channels/kiosk/done.ts', 'src/channels/sign-in/login.ts'],
  ['connectors-are-strangers', 'src/connectors/webhook/client.ts', 'src/connectors/email/client.ts'],
  ['ways-in-know-no-ways-out', 'src/channels/admin-console/clients.ts', 'src/connectors/email/client.ts'],
  ['ways-out-know-no-ways-in', 'src/connectors/email/index.ts', 'src/channels/sign-in/login.ts'],
  ['oidc-knows-no-channel', 'src/oidc/interaction.ts', 'src/channels/sign-in/login.ts'],
  ['platform-knows-only-the-kernel', 'src/platform/web/render.ts', 'views/sign-in/login.tsx'],
  ['platform-knows-only-the-kernel', 'src/platform/web/app.ts', 'src/features/consent/index.ts'],
  ['views-know-only-the-kernel', 'views/privacy-centre/overview.tsx', 'src/features/consent/index.ts'],
  ['only-compose-wires', 'src/channels/api/routes.ts', 'src/compose.ts'],
  ['product-knows-no-demo', 'src/main.ts', 'demo/people.ts'],
] as const

/** What each neighbour is for: none of these may be reported. */
const permitted = [
  ['src/kernel/ids.ts', 'node:crypto'],
  ['src/features/consent/pg-consent-ledger.ts', 'knex'],
  ['src/features/consent/subject-overview.ts', 'src/features/identity/index.ts'],
  ['src/features/privacy-requests/erase.ts', 'src/features/consent/index.ts'],
  ['src/channels/kiosk/routes.ts', 'src/features/consent/index.ts'],
  ['src/channels/kiosk/page.ts', 'views/kiosk/start.tsx'],
  ['src/connectors/webhook/map-event.ts', 'src/features/delivery/index.ts'],
  ['src/platform/db/connection.ts', 'pg'],
  ['src/platform/web/errors.ts', 'src/kernel/errors.ts'],
  ['views/kiosk/start.tsx', 'src/kernel/actor.ts'],
  ['src/compose.ts', 'src/features/consent/pg-consent-ledger.ts'],
  ['src/main.ts', 'src/compose.ts'],
] as const

const up = (from: string) => '../'.repeat(from.split('/').length - 1)
const importLine = (from: string, to: string) =>
  /^(src|views|demo)\//.test(to) ? `import '${up(from)}${to}'\n` : `import type {} from '${to}'\n`

const plant = async (root: string, imports: readonly (readonly [from: string, to: string])[]) => {
  const files = new Map<string, string>()
  for (const [from, to] of imports) {
    files.set(from, (files.get(from) ?? '') + importLine(from, to))
    if (/^(src|views|demo)\//.test(to) && !files.has(to)) files.set(to, '')
  }
  for (const [path, text] of files) {
    await mkdir(dirname(join(root, path)), { recursive: true })
    await writeFile(join(root, path), `${text}export {}\n`)
  }
}

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'placet-rules-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test('one planted violation of each dependency rule is reported by the name of that rule', async () => {
  const tree = join(folder, 'violations')
  await plant(tree, [
    ...violations.map(([, from, to]) => [from, to] as const),
    ['src/features/consent/choices.ts', 'src/features/consent/choice.ts'],
    ['src/features/consent/choice.ts', 'src/features/consent/choices.ts'],
  ])
  const { status, lines } = await cruise(tree, '--least', '1')
  expect(status).toBe(1)
  for (const [rule, from, to] of violations) {
    expect(lines).toContainEqual(expect.stringContaining(`${rule}: ${from} → ${to}`))
  }
  expect(lines).toContainEqual(expect.stringMatching(/^no-circular: .*choice/))

  // A rule nobody can break here would be a rule nobody has seen bite.
  const { forbidden } = (await import('../../.dependency-cruiser.cjs' as string)).default
  const planted = new Set<string>(['no-circular', ...violations.map(([rule]) => rule)])
  expect(planted).toEqual(new Set(forbidden.map((rule: { name: string }) => rule.name)))
}, 30_000)

test('the imports the architecture is made of are not reported', async () => {
  const tree = join(folder, 'permitted')
  await plant(tree, permitted)
  const { status, lines } = await cruise(tree, '--least', '1')
  expect(lines.join('\n')).toMatch(/^\d+ modules cruised, 0 violations$/)
  expect(status).toBe(0)
}, 30_000)

test('a cruise that saw too few modules fails, as it would with a compiler that cannot be asked', async () => {
  const tree = join(folder, 'nothing')
  await plant(tree, [['src/main.ts', 'src/compose.ts']])
  const { status, lines } = await cruise(tree)
  expect(lines[0]).toBe('2 modules cruised, 0 violations')
  expect(status).toBe(1)
}, 30_000)

test('the real tree keeps every rule', async () => {
  const { status, lines } = await cruise()
  expect(lines.join('\n')).toMatch(/^\d+ modules cruised, 0 violations$/)
  expect(status).toBe(0)
}, 30_000)
