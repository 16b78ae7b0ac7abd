import type { Route } from '../../platform/web/route.ts'
import { campaignRoutes } from './campaigns.ts'
import { draftRoutes } from './draft.ts'
import { previewRoutes } from './preview.ts'
import { publishRoutes } from './publish.ts'
import { purposeRoutes } from './purpose.ts'
import { purposeDocumentRoutes } from './purpose-document.ts'
import { purposesRoutes } from './purposes.ts'
import type { PurposesDeps } from './purposes-deps.ts'

/** What data may be used for and in which words it is told: from the first draft to asking again. */
export const purposesConsoleRoutes = (deps: PurposesDeps): readonly Route[] => [
  ...purposesRoutes(deps),
  ...purposeRoutes(deps),
  ...draftRoutes(deps),
  ...purposeDocumentRoutes(deps),
  ...previewRoutes(deps),
  ...publishRoutes(deps),
  ...campaignRoutes(deps),
]
