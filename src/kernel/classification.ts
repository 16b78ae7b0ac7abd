/** How closely a value is held. Whatever nobody classified counts as secret. */
export type Classification = 'public' | 'internal' | 'personal' | 'sensitive' | 'secret'
