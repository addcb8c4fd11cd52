/** The SDK ends its unions with "any other string". */
type OtherString = string & Record<never, never>;

/** The members of such a union that have a name. */
export type KnownOf<C> = C extends unknown ? (OtherString extends C ? never : C) : never;
