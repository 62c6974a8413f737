// Names of mails in their folder: when received, and an id. A part is a mail that was not written to its end.
const stem = String.raw`\d{13}-[0-9a-f-]{36}`;

export const mailFile = new RegExp(`^${stem}\\.eml$`);
export const mailOrPart = new RegExp(`^${stem}\\.(eml|part)$`);
