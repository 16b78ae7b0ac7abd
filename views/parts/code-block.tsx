/** Text for a terminal or a program. Long lines break where they must, so nothing has to be scrolled sideways. */
export const CodeBlock = ({ label, text }: { label: string; text: string }) => (
  <figure class="code" aria-label={label}>
    <pre>
      <code>{text}</code>
    </pre>
  </figure>
)
