/** Never an agent's: the one outlives the call, the other is for terminals. */
const never = ['offline_access', 'kiosk']

/**
 * What an agent may do: no more than the person's token allows today and than this client is registered for. Undefined when
 * more is asked for than that, or nothing would be left.
 */
export function narrowScopes(from: {
  /** What the subject token stands for now. */
  readonly held: readonly string[]
  /** The client's `scope`, for claims about the person; one that registered none has `openid`. */
  readonly registered: string | undefined
  /** In its place for a token that is for a service: what that lets this client do. */
  readonly atService: readonly string[] | undefined
  readonly asked: readonly string[] | undefined
}): readonly string[] | undefined {
  const { held, atService, asked } = from
  const registered = atService ?? from.registered?.split(' ') ?? ['openid']
  const able = held.filter((scope) => registered.includes(scope) && !never.includes(scope))
  const scopes = asked === undefined ? able : [...new Set(asked)]
  return scopes.length > 0 && scopes.every((scope) => able.includes(scope)) ? scopes : undefined
}
