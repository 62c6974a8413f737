import { isPublicAddress } from "./index.js";
import { checkUrl } from "./public-address.js";

describe("public addresses", () => {
  it.each(["8.8.8.8", "2001:4860:4860::8888", "::ffff:8.8.8.8"])("SEC-3: %s is public", (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  it.each([
    "",
    "example.com",
    "0.0.0.0",
    "10.1.2.3",
    "100.64.0.1",
    "127.0.0.1",
    "169.254.169.254",
    "172.16.0.1",
    "192.168.1.1",
    "224.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::ffff:127.0.0.1",
    "fc00::1",
    "fe80::1",
    "ff02::1",
    "64:ff9b::7f00:1",
  ])("SEC-3: '%s' is not", (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it("a private address and plain HTTP may be allowed, other schemes and credentials never", () => {
    expect(checkUrl("http://10.0.0.1/run", true)).toMatchObject({ ok: true });
    expect(checkUrl("https://[fd00::1]/run", true)).toMatchObject({ ok: true });
    expect(checkUrl("file:///etc/passwd", true)).toStrictEqual({ ok: false, code: "http_url_not_https" });
    expect(checkUrl("http://a:b@10.0.0.1/", true)).toStrictEqual({ ok: false, code: "http_url_invalid" });
  });
});
