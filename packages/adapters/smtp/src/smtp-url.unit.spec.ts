import { createSmtpProvider, parseSmtpUrl } from "./index.js";

describe("SMTP_URL", () => {
  it("reads host, port, login and options", () => {
    expect(parseSmtpUrl("smtp://u%40x:p%3Aw@mail.example.com:2525?name=weddings.example.com&requireTLS=true")).toEqual({
      ok: true,
      settings: {
        host: "mail.example.com",
        port: 2525,
        secure: false,
        requireTLS: true,
        ignoreTLS: false,
        tls: { rejectUnauthorized: true },
        auth: { user: "u@x", pass: "p:w" },
        name: "weddings.example.com",
      },
    });
  });

  it("knows the usual ports", () => {
    expect(parseSmtpUrl("smtp://mail.example.com")).toMatchObject({ settings: { port: 587, secure: false } });
    expect(parseSmtpUrl("smtps://mail.example.com")).toMatchObject({ settings: { port: 465, secure: true } });
    expect(parseSmtpUrl("smtp://[::1]:25")).toMatchObject({ settings: { host: "::1", port: 25 } });
  });

  it("SEC-3: a password leaves this machine only over TLS", () => {
    expect(parseSmtpUrl("smtp://u:p@mail.example.com")).toMatchObject({ settings: { requireTLS: true } });
    expect(parseSmtpUrl("smtp://u:p@localhost")).toMatchObject({ settings: { requireTLS: false } });
    expect(parseSmtpUrl("smtp://u:p@mail.example.com?requireTLS=false")).toMatchObject({
      settings: { requireTLS: false },
    });
  });

  it("SEC-2: a refusal says what is wrong and never shows the address", () => {
    const wrong = [
      "",
      "mail.example.com",
      "http://u:hunter2@x",
      "smtp://u:hunter2@x?unknown=1",
      "smtp://hunter2@x",
      "smtp://u:%E0hunter2@x",
    ];
    for (const url of wrong) {
      const parsed = parseSmtpUrl(url);
      expect(parsed).toMatchObject({ ok: false, code: "smtp_url_invalid" });
      expect(JSON.stringify(parsed)).not.toContain("hunter2");
      expect(() => createSmtpProvider({ url })).toThrow(expect.objectContaining({ code: "smtp_url_invalid" }));
    }
  });
});
