// Ids as people paste them.

/** The id as the log writes it, in lower case; undefined for anything that is no UUID. */
export const asUuid = (text: string): string | undefined =>
  /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text) ? text.toLowerCase() : undefined;
