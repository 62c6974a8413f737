// The smallest use: append a fact, be told when somebody was faster, read everything back.
import { createMemoryLog, type AppendRequest } from "@wedsync/event-log";

const log = createMemoryLog({ clock: { now: () => 1_760_000_000_000 } });
const stream = "7c0e4f0e-6f8b-4f5f-9d52-0a6a3d0c8b11";
const request: AppendRequest = {
  class: "normal",
  meta: { source: "/example", time: 1_760_000_000_000, correlationId: "c-1", actor: "user:1", region: "eu" },
  streams: [
    {
      category: "table",
      stream,
      expectedVersion: 0,
      events: [
        { id: "0199c3a0-0000-7000-8000-000000000001", type: "TableOpened", schemaVersion: 1, data: { seats: 2 } },
      ],
    },
  ],
};

const first = await log.append(request);
const second = await log.append(request);
const [event] = await log.read({ after: 0n, limit: 10 });

export const lines = [
  `first: ${first.ok ? `position ${first.firstPosition}` : first.code}`,
  `second: ${second.ok ? `position ${second.firstPosition}` : second.code}`,
  `read: ${event?.type} ${JSON.stringify(event?.data)}`,
];
