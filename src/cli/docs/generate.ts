import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { openApiDocument } from '../../channels/api/openapi.ts'
import { dataMap } from '../../platform/db/data-map/index.ts'
import { assurancePage } from './assurance-page.ts'
import { citations } from './cited-requirements.ts'
import { dataMapPage } from './data-map-page.ts'
import { declaredEvents, eventsPage } from './events-page.ts'
import { parseRequirements, printRequirements, type RequirementGroup } from './requirement.ts'

export interface GeneratedDocs {
  /** Path below the root → text. */
  readonly pages: Readonly<Record<string, string>>
  /** Requirements that had a test and have none any more, and tests that cite a requirement nobody wrote down. */
  readonly faults: readonly string[]
}

const requirementsFile = 'docs/requirements.json'

/** Takes `notYet` from every requirement that a test cites now. It is never put back by a program. */
const ratchet = (
  groups: readonly RequirementGroup[],
  proven: ReadonlySet<string>,
): readonly RequirementGroup[] =>
  groups.map((group) => ({
    ...group,
    requirements: group.requirements.map(({ notYet, ...rest }) =>
      notYet === true && !proven.has(rest.id) ? { ...rest, notYet } : rest,
    ),
  }))

export async function generateDocs(root: string): Promise<GeneratedDocs> {
  const cited = await citations(root)
  const proven = new Set(cited.map(({ requirement }) => requirement))
  const groups = ratchet(parseRequirements(await readFile(join(root, requirementsFile), 'utf8')), proven)
  const all = groups.flatMap(({ requirements }) => requirements)
  const known = new Set(all.map(({ id }) => id))
  const lost = all.filter(({ id, slice, notYet }) => slice === 'first' && notYet !== true && !proven.has(id))
  return {
    pages: {
      [requirementsFile]: printRequirements(groups),
      'docs/assurance.md': assurancePage(groups, cited),
      'docs/data-map.md': dataMapPage(dataMap),
      'docs/events.md': eventsPage(await declaredEvents()),
      'docs/openapi.json': `${JSON.stringify(openApiDocument(), undefined, 2)}\n`,
    },
    faults: [
      ...lost.map(({ id }) => `${id} is in scope and no test cites it any more.`),
      ...cited
        .filter(({ requirement }) => !known.has(requirement))
        .map(
          ({ requirement, file }) => `${file} cites ${requirement}, which ${requirementsFile} does not know.`,
        ),
    ],
  }
}

/** Pages whose file is missing or says something else. */
export async function stalePages(root: string, { pages }: GeneratedDocs): Promise<readonly string[]> {
  const compared = await Promise.all(
    Object.entries(pages).map(async ([path, text]) => {
      const kept = await readFile(join(root, path), 'utf8').catch(() => undefined)
      return kept === text ? [] : [path]
    }),
  )
  return compared.flat()
}

export async function writePages(root: string, { pages }: GeneratedDocs): Promise<void> {
  for (const [path, text] of Object.entries(pages)) await writeFile(join(root, path), text)
}
