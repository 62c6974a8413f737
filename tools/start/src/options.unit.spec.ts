import { parseOptions } from "./options.js";

describe("the options of start", () => {
  it("OPS-1: an empty --data-dir or WEDSYNC_DATA_DIR is none, and never the folder one stands in", () => {
    const dataDirOf = (argv: readonly string[], env: Record<string, string> = {}) => parseOptions(argv, env).dataDir;
    expect(dataDirOf([])).toBe(".wedsync");
    expect(dataDirOf(["--data-dir", ""])).toBe(".wedsync");
    expect(dataDirOf(["--data-dir", " "], { WEDSYNC_DATA_DIR: "" })).toBe(".wedsync");
    expect(dataDirOf(["--data-dir="], { WEDSYNC_DATA_DIR: "/data/w" })).toBe("/data/w");
    expect(dataDirOf(["--data-dir", "/data/v"], { WEDSYNC_DATA_DIR: "/data/w" })).toBe("/data/v");
  });

  it("OPS-1: takes the port of --port, else of WEDSYNC_PORT, else 4600; 0 is any", () => {
    const portOf = (argv: readonly string[], env: Record<string, string> = {}) => parseOptions(argv, env).port;
    expect(portOf([])).toBe(4600);
    expect(portOf([], { WEDSYNC_PORT: "" })).toBe(4600);
    expect(portOf([], { WEDSYNC_PORT: "5000" })).toBe(5000);
    expect(portOf(["--port", "0"], { WEDSYNC_PORT: "abc" })).toBe(0);
    expect(portOf(["--port", "65510"])).toBe(65510);
  });
});
