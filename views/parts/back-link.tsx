import { Icon } from './icon.tsx'

export const BackLink = ({ href, words }: { href: string; words: string }) => (
  <a class="back" href={href}>
    <Icon name="arrowLeft" size={18} />
    {words}
  </a>
)
