// The inbox as a process of its own: SMTP in, a page out, mails in the data folder.
import { inboxPage } from "./page.js";
import { MailFolder } from "./mail-folder.js";
import { startSmtp } from "./smtp.js";

const [folderPath = "", pagePort = "0", smtpPort = "0"] = process.argv.slice(2);
const folder = new MailFolder(folderPath);
await folder.open();
const smtp = await startSmtp(folder, Number(smtpPort));
const page = inboxPage(folder);
await page.listen({ host: "127.0.0.1", port: Number(pagePort) });
const address = page.server.address();
process.send?.({ smtpPort: smtp.port, pagePort: typeof address === "object" && address !== null ? address.port : 0 });

const stop = async (): Promise<void> => {
  await Promise.all([smtp.close(), page.close()]);
  process.exit(0);
};
process.once("SIGTERM", () => void stop());
process.once("SIGINT", () => undefined);
// Without its supervisor nobody could stop it: it ends with it.
process.once("disconnect", () => void stop());
