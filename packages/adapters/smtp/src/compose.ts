// A rendered mail to the bytes of RFC 5322. Encoding of headers and bodies is nodemailer's; nothing is pasted together.
import type { EmailMessage, Mailbox } from "@wedsync/journey-modules";
import MailComposer from "nodemailer/lib/mail-composer";

const address = ({ name, address: mail }: Mailbox): { readonly name: string; readonly address: string } => ({
  name: name ?? "",
  address: mail,
});

/** The whole message with CRLF line ends. */
export function compose(message: EmailMessage): Promise<Buffer> {
  const { messageId, from, to, replyTo, subject, text, html } = message;
  return new MailComposer({
    messageId,
    from: address(from),
    to: address(to),
    ...(replyTo === undefined ? {} : { replyTo: address(replyTo) }),
    subject,
    text,
    ...(html === undefined ? {} : { html }),
    disableFileAccess: true,
    disableUrlAccess: true,
  })
    .compile()
    .build();
}
