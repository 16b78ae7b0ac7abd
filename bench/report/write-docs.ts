import { readFile, writeFile } from 'node:fs/promises'

/** What is written by the bench, each between markers of its own. */
export type Section = 'newest run' | 'growth'

const startOf = (section: Section) => `<!-- ${section}: written by npm run bench -->`
const endOf = (section: Section) => `<!-- end of ${section} -->`

/** Puts the text between the two markers and touches nothing else. */
export function withSection(page: string, section: Section, text: string): string {
  const [start, end] = [startOf(section), endOf(section)]
  const [from, to] = [page.indexOf(start), page.indexOf(end)]
  if (from < 0 || to < from) throw new Error(`the page has no place for the ${section}`)
  return `${page.slice(0, from)}${start}\n\n${text}\n\n${page.slice(to)}`
}

export async function writeSection(path: string, section: Section, text: string): Promise<void> {
  await writeFile(path, withSection(await readFile(path, 'utf8'), section, text))
}
