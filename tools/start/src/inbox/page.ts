// The inbox page: a list, and one mail. Mail content is untrusted: text is escaped, HTML is shown in a sandboxed frame.
import fastify, { type FastifyInstance } from "fastify";
import escape from "escape-html";
import { shownMails, type MailFolder } from "./mail-folder.js";

const style =
  "body{font:15px/1.5 system-ui;margin:2rem auto;max-width:60rem;padding:0 1rem}table{width:100%;border-collapse:collapse}" +
  "td,th{text-align:left;padding:.3rem .6rem;border-bottom:1px solid #ddd}pre{white-space:pre-wrap;background:#f6f6f6;padding:1rem}" +
  "iframe{width:100%;height:30rem;border:1px solid #ddd}";

const layout = (title: string, body: string): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
  `<title>${escape(title)}</title><style>${style}</style></head><body><h1>${escape(title)}</h1>${body}</body></html>`;

export function inboxPage(folder: MailFolder): FastifyInstance {
  const app = fastify({ logger: false });
  app.addHook("onSend", async (_request, reply) => {
    void reply.header(
      "content-security-policy",
      "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self' data:; img-src data:",
    );
    void reply.header("x-content-type-options", "nosniff");
  });
  app.get("/api/mails", async () => await folder.newest());
  app.get("/", async (_request, reply) => {
    const { total, mails } = await folder.newest();
    const rows = mails
      .map(
        (mail) =>
          `<tr><td>${escape(mail.receivedAt)}</td><td>${escape(mail.to)}</td><td><a href="/mail/${mail.id}">${escape(mail.subject || "(no subject)")}</a></td></tr>`,
      )
      .join("");
    const note = total > shownMails ? `<p>The newest ${shownMails} of ${total} mails.</p>` : `<p>${total} mails.</p>`;
    return reply
      .type("text/html")
      .send(
        layout(
          "WedSync inbox",
          `${note}<table><thead><tr><th>Received</th><th>To</th><th>Subject</th></tr></thead><tbody>${rows}</tbody></table>`,
        ),
      );
  });
  app.get<{ Params: { id: string } }>("/mail/:id", async (request, reply) => {
    const mail = await folder.read(request.params.id);
    if (mail === undefined)
      return reply.code(404).type("text/html").send(layout("No such mail", '<p><a href="/">Inbox</a></p>'));
    const headers = mail.headerLines.map((line) => escape(line.line)).join("\n");
    const html =
      typeof mail.html === "string" ? `<h2>HTML</h2><iframe sandbox srcdoc="${escape(mail.html)}"></iframe>` : "";
    return reply
      .type("text/html")
      .send(
        layout(
          mail.subject ?? "(no subject)",
          `<p><a href="/">Inbox</a></p><pre>${escape(mail.text ?? "")}</pre>${html}<h2>Headers</h2><pre>${headers}</pre>`,
        ),
      );
  });
  return app;
}
