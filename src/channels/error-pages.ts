import { type ProblemKind, ProblemView } from '../../views/errors/problem.tsx'
import {
  type BrandModel,
  type Language,
  negotiateLanguage,
  renderPage,
  translator,
} from '../../views/page.tsx'
import type { ErrorPage } from '../platform/web/ports.ts'
import type { Problem } from '../platform/web/problem.ts'

const kindByCode: Readonly<Record<string, ProblemKind>> = {
  'interaction-expired': 'interaction-expired',
  'form-expired': 'expired-link',
}

const kindByStatus: Readonly<Record<number, ProblemKind>> = {
  403: 'forbidden',
  404: 'not-found',
  410: 'expired-link',
  413: 'too-large',
  421: 'wrong-host',
  429: 'rate-limited',
  500: 'server-error',
  503: 'unavailable',
}

const kindOf = (problem: Pick<Problem, 'code' | 'status'>): ProblemKind =>
  kindByCode[problem.code] ?? kindByStatus[problem.status] ?? 'invalid-request'

/** The page a person gets when something went wrong: what happened, what to do, and a reference to read out. */
export function problemPage(
  brand: BrandModel,
  language: Language,
  problem: Pick<Problem, 'code' | 'status' | 'retryAfterSeconds'>,
  reference: string,
  csrf = '',
): string {
  const { retryAfterSeconds } = problem
  return renderPage(
    ProblemView,
    {
      kind: kindOf(problem),
      reference,
      ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds: Math.ceil(retryAfterSeconds) }),
    },
    { language, t: translator(language, brand.timeZone), csrf, brand, path: '/', languages: [] },
  )
}

export const errorPages =
  (brand: BrandModel): ErrorPage =>
  (problem, { reference, csrf, languageCookie, acceptLanguage }) =>
    problemPage(brand, negotiateLanguage(languageCookie, acceptLanguage), problem, reference, csrf)
