// Routes for autoscalers and the people who look after them.
import { defineEndpoint as define, type Endpoints } from "@wedsync/adapter-http";
import { kedaView, scalingView, windowsQuery, windowsView } from "./scaling-shapes.js";

const allow = ["ops", "service", "read-only"] as const;

export const scalingEndpoints = {
  scaling: define({
    operation: "scaling",
    method: "GET",
    path: "/v1/scaling",
    summary: "Planned and wanted worker slots, in all and by market, with reasons, forecasts and plan steps.",
    allow,
    status: 200,
    response: scalingView,
  }),
  scalingKeda: define({
    operation: "scalingKeda",
    method: "GET",
    path: "/v1/scaling/keda",
    summary: "Numbers for KEDA metrics-api triggers; `valueLocation` is `wantedSlots`, `plannedSlots` or `backlog`.",
    allow,
    status: 200,
    response: kedaView,
  }),
  scalingWindows: define({
    operation: "scalingWindows",
    method: "GET",
    path: "/v1/scaling/windows",
    summary: "The quietest windows for maintenance of `hours` (2), and the days on which modules must not change.",
    allow,
    query: windowsQuery,
    status: 200,
    response: windowsView,
  }),
} as const satisfies Endpoints;
