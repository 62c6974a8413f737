// Plots to SVG text, without a browser.
import { BarChart, LineChart } from "echarts/charts";
import { GridComponent, LegendComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import type { Layout, Plot } from "./plots.js";

use([BarChart, LineChart, GridComponent, LegendComponent, SVGRenderer]);

const sizes: Readonly<Record<Layout, { readonly width: number; readonly height: number }>> = {
  wide: { width: 1_200, height: 480 },
  narrow: { width: 380, height: 440 },
};

/** One `<svg>` element with its size in a view box. */
export const renderPlot = (plot: Plot, layout: Layout): string => {
  const chart = init(null, null, { renderer: "svg", ssr: true, ...sizes[layout] });
  try {
    chart.setOption(plot.option(layout));
    return chart.renderToSVGString();
  } finally {
    chart.dispose();
  }
};
